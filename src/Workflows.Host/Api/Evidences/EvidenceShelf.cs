using System.Security.Cryptography;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Public;
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
internal sealed class EvidenceShelf(EvidenceFiles files, ChangeGate gate)
{
    private const int HeadBytes = 12;

    private static readonly string[] MediaTypes =
        ["image/jpeg", "image/png", "image/webp", "video/mp4", "audio/mpeg", "audio/mp4", "audio/webm", "application/pdf", "text/plain"];

    private static readonly string[] Rfc3339 = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Takes a file of the request over as evidence of a case.</summary>
    public async Task<IResult> TakeAsync(HttpContext context, Case subject, Actor actor, CancellationToken cancellationToken)
    {
        var (form, file) = await FileOfAsync(context, cancellationToken);
        var hash = await KeepAsync(file, cancellationToken);
        return await gate.ServiceAsync<PartyService, Evidence>(
            context, subject.CaseKey,
            (service, token) => service.KeepEvidenceAsync(
                subject.Id, form["kind"].ToString(), form["title"].ToString(), hash, file.Length, file.ContentType, TakenAtOf(form),
                place: PlaceOf(form),
                concernsMinor: form["concernsMinor"] == "true", monitoring: MonitoringOf(form), isSealed: form["sealed"] == "true", cancellationToken: token),
            cancellationToken, StatusCodes.Status201Created, actor);
    }

    /// <summary>Takes a file of the request over as evidence of a lead. What calls itself a picture has to be one.</summary>
    public async Task<IResult> TakeOnLeadAsync(HttpContext context, Lead lead, Actor actor, CancellationToken cancellationToken)
    {
        var (form, file) = await FileOfAsync(context, cancellationToken);
        if (file.ContentType.StartsWith("image/", StringComparison.Ordinal) && await PictureTypeAsync(file, cancellationToken) != file.ContentType)
            throw new RefusedException(new Refusal(422, "evidence-type", "file", "文件内容不是所称的图片：请重新拍照上传（jpg、png、webp）。"));
        var hash = await KeepAsync(file, cancellationToken);
        return await gate.ServiceAsync<LeadEvidence, Evidence>(
            context, lead.CaseKey,
            (service, token) => service.KeepAsync(lead.Id, form["kind"].ToString(), form["title"].ToString(), hash, file.Length, file.ContentType, TakenAtOf(form), PlaceOf(form), token),
            cancellationToken, StatusCodes.Status201Created, actor);
    }

    private static async Task<(IFormCollection Form, IFormFile File)> FileOfAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType)
            throw new RefusedException(new Refusal(415, "unsupported-media-type", "Content-Type", "请以 multipart/form-data 提交 file、kind、title。"));
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var file = form.Files.GetFile("file") ?? throw new RefusedException(new Refusal(400, "missing-field", "file", "缺少文件：请以 file 字段上传。"));
        return MediaTypes.Contains(file.ContentType)
            ? (form, file)
            : throw new RefusedException(new Refusal(422, "evidence-type", "file", "不支持的文件类型：请上传图片（jpg、png、webp）、视频（mp4）、录音、PDF或纯文本。"));
    }

    private static async Task<string?> PictureTypeAsync(IFormFile file, CancellationToken cancellationToken)
    {
        var head = new byte[HeadBytes];
        await using var content = file.OpenReadStream();
        return PictureContent.TypeOf(head.AsSpan(0, await content.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, cancellationToken)));
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

    // CA3003: the path is made of a SHA-256 in hexadecimal digits; nothing that the caller names is part of it.
#pragma warning disable CA3003
    private async Task<string> KeepAsync(IFormFile file, CancellationToken cancellationToken)
    {
        string hash;
        await using (var content = file.OpenReadStream())
            hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        var path = PathOf(hash);
        if (File.Exists(path))
            return hash;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
        await using (var kept = new FileStream(draft, FileMode.CreateNew, FileAccess.Write))
        {
            await file.CopyToAsync(kept, cancellationToken);
            await kept.FlushAsync(cancellationToken);
            RandomAccess.FlushToDisk(kept.SafeFileHandle);
        }

        File.Move(draft, path, overwrite: true);
        return hash;
    }
#pragma warning restore CA3003

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
