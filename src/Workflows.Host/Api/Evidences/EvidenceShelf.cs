using System.Security.Cryptography;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Problems;
using Workflows.Supervision.Evidences;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Evidences;

/// <summary>
/// Files of evidence, kept in the data folder under their hash: the same file is kept once and never changes. The file is written and
/// flushed before the record of it commits, so that a record never names a file that is not there.
/// </summary>
internal sealed class EvidenceShelf(EvidenceFiles files, AggregateReader rows, ChangeGate gate)
{
    private static readonly string[] Rfc3339 = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Takes a file of the request over as evidence of a case.</summary>
    public async Task<IResult> TakeAsync(HttpContext context, Case subject, Actor actor, CancellationToken cancellationToken)
    {
        var (form, file, type) = await FileOfAsync(context, cancellationToken);
        // What is refused anyway is not written to the disk first; a request that is sent again has been let in before.
        if (!await gate.IsKeptAsync(ChangeGate.KeyOf(context), cancellationToken))
            EvidenceRoom.Require(subject, await rows.OfCaseAsync<Evidence>(subject.Id, cancellationToken), file.Length, actor);
        var hash = await KeepAsync(file, cancellationToken);
        return await gate.ServiceAsync<PartyService, Evidence>(
            context, subject.CaseKey,
            (service, token) => service.KeepEvidenceAsync(
                subject.Id, form["kind"].ToString(), form["title"].ToString(), hash, file.Length, type, TakenAtOf(form),
                place: PlaceOf(form),
                concernsMinor: form["concernsMinor"] == "true", monitoring: MonitoringOf(form), isSealed: form["sealed"] == "true", cancellationToken: token),
            cancellationToken, StatusCodes.Status201Created, actor);
    }

    /// <summary>Takes a file of the request over as evidence of a lead.</summary>
    public async Task<IResult> TakeOnLeadAsync(HttpContext context, Lead lead, Actor actor, CancellationToken cancellationToken)
    {
        var (form, file, type) = await FileOfAsync(context, cancellationToken);
        var hash = await KeepAsync(file, cancellationToken);
        return await gate.ServiceAsync<LeadEvidence, Evidence>(
            context, lead.CaseKey,
            (service, token) => service.KeepAsync(lead.Id, form["kind"].ToString(), form["title"].ToString(), hash, file.Length, type, TakenAtOf(form), PlaceOf(form), form["sealed"] == "true", token),
            cancellationToken, StatusCodes.Status201Created, actor);
    }

    // What calls itself a picture has to be one; of anything else the content alone says what it is.
    private static async Task<(IFormCollection Form, IFormFile File, string Type)> FileOfAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType)
            throw new RefusedException(new Refusal(415, "unsupported-media-type", "Content-Type", "请以 multipart/form-data 提交 file、kind、title。"));
        var form = await context.Request.FormAsync(cancellationToken);
        var file = form.Files.GetFile("file") ?? throw new RefusedException(new Refusal(400, "missing-field", "file", "缺少文件：请以 file 字段上传。"));
        string? type;
        await using (var content = file.OpenReadStream())
            type = await EvidenceContent.TypeOfAsync(content, file.ContentType, cancellationToken);
        if (type is null)
            throw new RefusedException(new Refusal(422, "evidence-type", "file", "不支持的文件内容：请上传图片、视频、录音、PDF、纯文本或不带宏的办公文档（docx、xlsx、pptx、ofd）；网页和程序不能作为证据文件上传。"));
        if (file.ContentType?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true && !type.StartsWith("image/", StringComparison.Ordinal))
            throw new RefusedException(new Refusal(422, "evidence-type", "file", "文件内容不是所称的图片：请重新拍照上传（jpg、png、webp）。"));
        foreach (var field in (string[])["kind", "title"])
        {
            if (form[field].ToString().Trim().Length == 0)
                throw new RefusedException(new Refusal(422, "field-missing", field, $"缺少证据{(field == "kind" ? "种类" : "名称")} {field}：请填写。"));
        }

        return (form, file, type);
    }

    private static string? PlaceOf(IFormCollection form) => form["place"].ToString() is { Length: > 0 } place ? place : null;

    /// <summary>Whether the file is here and still has its hash.</summary>
    public async Task<bool> IsIntactAsync(string sha256, CancellationToken cancellationToken)
    {
        await using var file = Open(sha256);
        return file is not null && Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)) == sha256;
    }

    /// <summary>The file of a piece of evidence; null when it is not on this shelf.</summary>
    public FileStream? Open(string sha256) => File.Exists(PathOf(sha256)) ? File.OpenRead(PathOf(sha256)) : null;

    private async Task<string> KeepAsync(IFormFile file, CancellationToken cancellationToken)
    {
        string hash;
        await using (var content = file.OpenReadStream())
            hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        await files.KeepAsync(hash, file.CopyToAsync, cancellationToken);
        return hash;
    }

    private static DateTimeOffset? TakenAtOf(IFormCollection form) => form["takenAt"].ToString() switch
    {
        { Length: 0 } => null,
        // Without an offset a time would be read in the zone of the server.
        { Length: >= 20 and <= 40 } text when (text[^1] == 'Z' || text[^6] is '+' or '-') && DateTimeOffset.TryParseExact(
            text, Rfc3339, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var taken) => taken.ToUniversalTime(),
        _ => throw new RefusedException(new Refusal(422, "date-invalid", "takenAt", "不是有效时间：请写作 2026-11-21T09:30:00+08:00。")),
    };

    private static MonitoringSource? MonitoringOf(IFormCollection form)
    {
        static DateOnly? Day(string text, string field) => text.Length == 0 ? null
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day)
                ? day
                : throw new RefusedException(new Refusal(422, "date-invalid", field, "不是有效日期：请写作 2026-11-21。"));

        return form["monitoringDevice"].ToString() is { Length: > 0 and <= 100 } device
            ? new MonitoringSource(
                device,
                form["monitoringPlace"].ToString() is { Length: > 0 and <= 200 } place ? place : throw new RefusedException(new Refusal(422, "field-missing", "monitoringPlace", "缺少监控设备的设置地点：请填写。")),
                Day(form["placePublishedOn"].ToString(), "placePublishedOn") ?? throw new RefusedException(new Refusal(422, "field-missing", "placePublishedOn", "缺少设置地点的公布日期（行政处罚法第四十一条）：请填写。")),
                Day(form["calibratedTo"].ToString(), "calibratedTo"))
            : null;
    }

    private string PathOf(string sha256) => files.PathOf(sha256);
}
