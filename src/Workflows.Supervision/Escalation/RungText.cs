using System.Globalization;
using System.Text;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Escalation;

/// <summary>
/// Rungs as analysts write them, one on a line: offset, unit, measure, whom to tell, such as <c>+3 工作日 红牌 单位负责人、分管领导</c>.
/// It says the same as the JSON form: whatever one can say the other can.
/// </summary>
public static class RungText
{
    /// <summary>Most lines that are read.</summary>
    public const int MaxLines = 100;

    private const int MinutesOfHour = 60;

    private static readonly (string Word, LadderAction Action, string? Title)[] Measures =
    [
        ("提醒", LadderAction.Remind, "提醒"),
        ("催办", LadderAction.Urge, "催办"),
        ("黄牌", LadderAction.YellowCard, "黄牌"),
        ("红牌", LadderAction.RedCard, "红牌"),
        ("督办单", LadderAction.SupervisionOrder, "督办单"),
        ("会商", LadderAction.JointConsultation, "会商"),
        ("提示", LadderAction.RiskPreNotice, "提示"),
        ("到期复查", LadderAction.Reinspection, "到期复查"),
        ("复查", LadderAction.Reinspection, "到期复查"),
        ("约谈", LadderAction.Interview, "约谈"),
        ("立案", LadderAction.CaseFiling, "立案"),
    ];

    private static readonly (string Word, string Code)[] Recipients =
    [
        ("承办单位", "handler"), ("承办人", "handler"), ("单位负责人", "unit-head"), ("分管领导", "leader-in-charge"), ("督办人", "supervisor"),
        ("指挥中心", "command-centre"), ("指导办", "guidance-office"), ("当事人", "party"),
    ];

    private static readonly (string Word, PeriodUnit Unit)[] Periods =
        [("工作日", PeriodUnit.WorkingDays), ("自然日", PeriodUnit.CalendarDays), ("个月", PeriodUnit.Months), ("月", PeriodUnit.Months), ("年", PeriodUnit.Years)];

    /// <summary>Reads rungs. Empty lines, and what follows <c>#</c>, say nothing.</summary>
    /// <param name="text">The lines.</param>
    /// <param name="problems">What is wrong, with the path <c>rungs[line]</c>, lines from 1; empty if all were read.</param>
    public static IReadOnlyList<LadderRung> Read(string text, out IReadOnlyList<(string Path, string Message)> problems)
    {
        var rungs = new List<LadderRung>();
        var wrong = new List<(string, string)>();
        var lines = text.ReplaceLineEndings("\n").Split('\n', MaxLines + 1);
        if (lines.Length > MaxLines)
        {
            wrong.Add(("rungs", $"超过 {MaxLines} 行，请精简"));
        }

        for (var i = 0; i < Math.Min(lines.Length, MaxLines); i++)
        {
            var words = lines[i].Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
            {
                continue;
            }

            var (rung, problem) = ReadLine(words);
            if (rung is not null)
            {
                rungs.Add(rung);
            }
            else
            {
                wrong.Add(($"rungs[{i + 1}]", $"第 {i + 1} 行：{problem}"));
            }
        }

        problems = wrong;
        return rungs;
    }

    /// <summary>Writes rungs so that <see cref="Read"/> gives them back; codes of rungs are left out.</summary>
    public static string Write(IReadOnlyList<LadderRung> rungs) => string.Join('\n', rungs.Select(rung =>
    {
        var line = new StringBuilder();
        line.Append(rung.Offset.ToString("+0;-0;0", CultureInfo.InvariantCulture)).Append(' ').Append(rung.Unit == LadderUnit.WorkingDays ? "工作日" : "分钟").Append(' ');
        line.Append(Measures.FirstOrDefault(m => m.Action == rung.Action && m.Title == rung.Title).Word ?? $"{LadderText.Of(rung.Action)}:{rung.Port}");
        if (rung.Recipients.Count > 0)
        {
            line.Append(' ').AppendJoin('、', rung.Recipients.Select(code => Recipients.FirstOrDefault(r => r.Code == code).Word ?? code));
        }

        Within(line, "答复", rung.AnswerWithin);
        Within(line, "异议", rung.ObjectionWithin);
        return line.ToString();
    }));

    private static void Within(StringBuilder line, string word, LegalPeriod? period)
    {
        if (period is { } given)
        {
            line.Append(' ').Append(word).Append(given.Length.ToString(CultureInfo.InvariantCulture)).Append(Array.Find(Periods, p => p.Unit == given.Unit).Word);
        }
    }

    private static (LadderRung? Rung, string Problem) ReadLine(string[] words)
    {
        if (words.Length < 3)
        {
            return (null, "应为“偏移 单位 措施 告知谁”，例如 +3 工作日 红牌 单位负责人、分管领导");
        }

        if (!int.TryParse(words[0].Replace('＋', '+').Replace('－', '-').Replace('−', '-'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var offset))
        {
            return (null, $"偏移“{Short(words[0])}”不是整数；届满前写负数，届满时写 0，届满后写正数");
        }

        if (words[1] is not ("工作日" or "小时" or "分钟"))
        {
            return (null, $"单位“{Short(words[1])}”应为 工作日、小时 或者 分钟");
        }

        if (words[1] == "小时")
        {
            // Hours are sixty minutes, day and night; with minutes they may stand side by side.
            if (Math.Abs((long)offset) > int.MaxValue / MinutesOfHour)
            {
                return (null, $"偏移“{Short(words[0])}”过大");
            }

            offset *= MinutesOfHour;
        }

        var (name, port) = words[2].Split(':', '：') is [var measure, var title] ? (measure, title) : (words[2], null);
        if (Array.Find(Measures, m => m.Word == name) is not { Word: not null } found)
        {
            return (null, $"没有措施“{Short(name)}”，可用：提醒、催办、黄牌、红牌、督办单、会商；提示、到期复查");
        }

        var rung = new LadderRung { Offset = offset, Unit = words[1] == "工作日" ? LadderUnit.WorkingDays : LadderUnit.Minutes, Action = found.Action, Title = port ?? found.Title };
        foreach (var word in words[3..])
        {
            if (word.StartsWith("答复", StringComparison.Ordinal) || word.StartsWith("异议", StringComparison.Ordinal))
            {
                if (PeriodOf(word[2..]) is not { } period)
                {
                    return (null, $"“{Short(word)}”应写成 答复5工作日 或者 异议3工作日");
                }

                rung = word[0] == '答' ? rung with { AnswerWithin = period } : rung with { ObjectionWithin = period };
            }
            else
            {
                rung = rung with { Recipients = [.. rung.Recipients, .. word.Split(['、', ',', '，', ';', '；'], StringSplitOptions.RemoveEmptyEntries).Select(CodeOf)] };
            }
        }

        return rung.Recipients.FirstOrDefault(code => Array.TrueForAll(Recipients, r => r.Code != code) && !code.Contains(':', StringComparison.Ordinal)) is { } stranger
            ? (null, $"不知道“{Short(stranger)}”是谁，可用：承办单位、单位负责人、分管领导、督办人、指挥中心、指导办、当事人，或者 department:代码、role:角色")
            : (rung, "");
    }

    private static string CodeOf(string word) => Recipients.FirstOrDefault(r => r.Word == word).Code ?? word;

    private static LegalPeriod? PeriodOf(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return digits is > 0 and < 4 && int.Parse(text[..digits], CultureInfo.InvariantCulture) is > 0 and var length && Array.Find(Periods, p => p.Word == text[digits..]) is { Word: not null } unit
            ? new LegalPeriod(length, unit.Unit)
            : null;
    }

    private static string Short(string word) => word.Length > 20 ? word[..20] + "…" : word;
}
