using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Host.Papers;

/// <summary>
/// 案卷: the documents of a case as one text for printing on A4: cover, table of contents, then each document as it was issued, in the order of the procedure, corrections behind what
/// they correct. Pages are counted through.
/// </summary>
internal static partial class CaseFile
{
    private const string Style = """
        <style>
        @page file { size: A4; margin: 25mm 23mm 22mm 28mm; @bottom-center { content: "共 " counter(pages) " 页　第 " counter(page) " 页"; font: 10.5pt SimSun, "宋体", "Noto Serif CJK SC", serif; } }
        .case-file { page: file; width: 210mm; margin: 6mm auto; padding: 25mm 23mm 22mm 28mm; background: #fff; font: 14pt/26pt "FangSong_GB2312", "FangSong", "仿宋", "Noto Serif CJK SC", serif; color: #000; }
        .case-file h1 { font: 700 26pt/40pt "方正小标宋简体", "STZhongsong", "Noto Serif CJK SC", serif; text-align: center; margin: 40mm 0 20mm; letter-spacing: .2em; }
        .case-file.contents h1 { font-size: 20pt; margin: 0 0 8mm; }
        .case-file table { width: 100%; border-collapse: collapse; font-size: 12pt; line-height: 20pt; }
        .case-file th, .case-file td { border: .7pt solid #000; padding: 3pt 5pt; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
        .case-file th { white-space: nowrap; font-weight: 400; }
        .case-file a { color: inherit; text-decoration: none; }
        .case-file .n { text-align: center; white-space: nowrap; }
        .part { break-before: page; }
        @media print { .case-file { width: auto; margin: 0; padding: 0; } .case-file + .case-file { break-before: page; } }
        </style>
        """;

    /// <summary>The text.</summary>
    /// <param name="one">The case, masked for whoever reads it.</param>
    /// <param name="documents">Its documents that the reader may see.</param>
    public static string Html(Case one, IReadOnlyList<OfficialDocument> documents)
    {
        var ordered = InOrder(documents);
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>案卷 ").Append(Text(one.Number)).Append("</title>\n");
        foreach (var style in ordered.SelectMany(document => StyleForm().Matches(document.Html).Select(match => match.Value)).Distinct(StringComparer.Ordinal))
            html.Append(style).Append('\n');
        html.Append(Style).Append("\n</head>\n<body>\n");
        Cover(html, one, ordered);
        Contents(html, ordered);
        for (var i = 0; i < ordered.Count; i++)
            Part(html, i + 1, ordered[i]);
        return html.Append("</body>\n</html>\n").ToString();
    }

    /// <summary>Documents in the order of the file: by the place of their form in the procedure, then by time; a correction behind its original.</summary>
    public static IReadOnlyList<OfficialDocument> InOrder(IReadOnlyList<OfficialDocument> documents)
    {
        var places = FormCatalogue.All.Select((form, place) => (form.Key, place)).ToDictionary(pair => pair.Key, pair => pair.place, StringComparer.Ordinal);
        var ordered = documents.Where(document => document.CorrectionOf is null || documents.All(other => other.Id != document.CorrectionOf))
            .OrderBy(document => places.GetValueOrDefault(document.Form, int.MaxValue)).ThenBy(document => document.Created.At).ThenBy(document => document.Number, StringComparer.Ordinal).ToList();
        foreach (var correction in documents.Except(ordered).OrderBy(document => document.Created.At).ThenBy(document => document.Number, StringComparer.Ordinal).ToList())
            ordered.Insert(ordered.FindLastIndex(document => document.Id == correction.CorrectionOf || document.CorrectionOf == correction.CorrectionOf) + 1, correction);
        return ordered;
    }

    private static void Cover(StringBuilder html, Case one, IReadOnlyList<OfficialDocument> documents)
    {
        html.Append("<section class=\"case-file cover\">\n<h1>行政检查案卷</h1>\n<table>\n");
        Row(html, "案号", one.Number);
        Row(html, "检查对象", one.Target.Name);
        Row(html, "地址", one.Target.Address);
        Row(html, "检查机关", string.Join('、', one.Departments.Select(department => department.Organ)));
        Row(html, "立卷日期", ChineseDate.Of(ShanghaiTime.DateOf(one.Created.At)));
        Row(html, "办结日期", one.ClosedAt is { } closed ? ChineseDate.Of(ShanghaiTime.DateOf(closed)) : "未办结");
        Row(html, "办理结果", one.Outcome ?? "—");
        Row(html, "卷内文书", string.Create(CultureInfo.InvariantCulture, $"{documents.Count}件"));
        html.Append("</table>\n</section>\n");
    }

    private static void Contents(StringBuilder html, IReadOnlyList<OfficialDocument> documents)
    {
        html.Append("<section class=\"case-file contents\">\n<h1>卷内目录</h1>\n<table>\n<thead><tr><th>序号</th><th>文号</th><th>题名</th><th>日期</th><th>页次</th></tr></thead>\n<tbody>\n");
        for (var i = 0; i < documents.Count; i++)
        {
            var part = string.Create(CultureInfo.InvariantCulture, $"part-{i + 1}");
            html.Append("<tr><td class=\"n\">").Append(i + 1).Append("</td><td>").Append(Text(documents[i].Number)).Append("</td><td><a href=\"#").Append(part).Append("\">").Append(Text(documents[i].Title))
                .Append("</a></td><td class=\"n\">").Append(documents[i].IssuedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Append("</td><td class=\"n\">").Append(TableOfContents.Place(part)).Append("</td></tr>\n");
        }

        html.Append("</tbody>\n</table>\n</section>\n");
    }

    private static void Part(StringBuilder html, int number, OfficialDocument document)
    {
        var body = BodyForm().Match(document.Html);
        html.Append("<section class=\"part\" id=\"part-").Append(number).Append("\">\n");
        // A template of another build would lose its layout here; it is named instead of being shown wrongly.
        if (body.Success)
            html.Append("<div class=\"").Append(body.Groups[1].Value).Append("\">\n").Append(body.Groups[2].Value).Append("</div>\n");
        else
            html.Append("<div class=\"case-file\"><p>").Append(Text($"{document.Title} {document.Number}：此文书版式特殊，请单独打印后装入。")).Append("</p></div>\n");
        html.Append("</section>\n");
    }

    private static void Row(StringBuilder html, string name, string value) => html.Append("<tr><th>").Append(name).Append("</th><td>").Append(Text(value)).Append("</td></tr>\n");

    private static string Text(string text) => WebUtility.HtmlEncode(PlainText.Of(text));

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex StyleForm();

    [GeneratedRegex("<body class=\"([a-z -]{0,60})\">\\s*(.*)</body>\\s*</html>\\s*\\z", RegexOptions.Singleline)]
    private static partial Regex BodyForm();
}
