using System.Globalization;
using System.Net;
using QRCoder;
using Workflows.Supervision.Documents;

namespace Workflows.Host.Papers;

/// <summary>
/// A document as it is printed: its text as issued, and in the upper margin a code that leads to the page where anybody verifies it and its party comes in.
/// The code names the address of this service and is therefore no part of the text, whose hash stays what it was.
/// </summary>
internal static class PrintedCopy
{
    private const string SheetBegins = "<div class=\"sheet\">";

    /// <summary>Edge of the code in millimetres: it fits into the upper margin of every layout, and one module of the longest address stays above 0.3 mm.</summary>
    private const int EdgeMillimetres = 16;

    /// <summary>The text with the code at the head of its first sheet; the text itself where it has no sheet.</summary>
    /// <param name="document">The document.</param>
    /// <param name="service">Address at which the public reaches this service.</param>
    public static string Of(OfficialDocument document, Uri service)
    {
        var head = document.Html.IndexOf(SheetBegins, StringComparison.Ordinal);
        return head < 0 ? document.Html : document.Html.Insert(head + SheetBegins.Length, Mark(VerificationAddress(service, document.Number, document.VerificationCode)));
    }

    /// <summary>Address of the public page that verifies a paper, with what stands on it.</summary>
    /// <param name="service">Address at which the public reaches this service.</param>
    /// <param name="number">Number of the document.</param>
    /// <param name="code">Its code of verification.</param>
    public static string VerificationAddress(Uri service, string number, string code) =>
        $"{service.AbsoluteUri.TrimEnd('/')}/public/documents?number={Uri.EscapeDataString(number)}&code={Uri.EscapeDataString(code)}";

    /// <summary>The code as a picture (SVG).</summary>
    /// <param name="address">Where it leads.</param>
    /// <param name="level">How much of it may be unreadable.</param>
    public static string Picture(string address, QRCodeGenerator.ECCLevel level)
    {
        using var code = QRCodeGenerator.GenerateQrCode(address, level);
        using var picture = new SvgQRCode(code);
        return picture.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    private static string Mark(string address) => string.Create(
        CultureInfo.InvariantCulture,
        $"<aside class=\"paper-code\" aria-label=\"核验二维码\" style=\"position:absolute;top:3mm;right:6mm;display:flex;align-items:center;gap:1mm;font:8pt/11pt var(--hei);letter-spacing:0;text-align:right\"><span>扫码核验、办理</span><a href=\"{WebUtility.HtmlEncode(address)}\" target=\"_blank\" rel=\"noopener\" style=\"width:{EdgeMillimetres}mm;height:{EdgeMillimetres}mm\">{Picture(address, QRCodeGenerator.ECCLevel.L)}</a></aside>");
}
