using System.Globalization;
using Workflows.Host.Problems;

namespace Workflows.Host.Api.Public;

/// <summary>A report as somebody without an account sends it: words, place and photos, each bounded.</summary>
/// <param name="form">What was sent.</param>
internal sealed class ReportForm(IFormCollection form)
{
    private const int LongestText = 1000;

    /// <summary>The photos.</summary>
    public IFormFileCollection Files => form.Files;

    /// <summary>What was seen, 1–1,000 characters.</summary>
    public string Text => Field("text") is { Length: <= LongestText } said
        ? said
        : throw new RefusedException(new Refusal(422, "report-text", "text", $"请用1至{LongestText}个字说明看到了什么。"));

    /// <summary>Reads the form of a request.</summary>
    public static async Task<ReportForm> ReadAsync(HttpRequest request, CancellationToken cancellationToken) => request.HasFormContentType
        ? new ReportForm(await request.FormAsync(cancellationToken))
        : throw new RefusedException(new Refusal(415, "unsupported-media-type", "Content-Type", "请以 multipart/form-data 提交内容和照片。"));

    /// <summary>A field without blanks around it; null where it is empty.</summary>
    public string? Field(string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A coordinate in degrees, or null.</summary>
    public double? Degrees(string field) => Field(field) is not { } text ? null
        : double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var degrees) && double.IsFinite(degrees)
            ? degrees
            : throw new RefusedException(new Refusal(422, "coordinates-invalid", field, "经纬度应为数字：请重新定位，或不填。"));
}
