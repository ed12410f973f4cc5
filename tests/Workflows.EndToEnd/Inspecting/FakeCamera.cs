using System.Globalization;
using System.Text;
using QRCoder;

namespace Workflows.EndToEnd.Inspecting;

/// <summary>A film for Chromium's fake camera: a still picture of a QR code as uncompressed YUV (YUV4MPEG2).</summary>
internal static class FakeCamera
{
    private const int Width = 640;
    private const int Height = 480;
    private const int Frames = 10;
    private const byte White = 235;
    private const byte Black = 16;
    private const byte NoColour = 128;

    /// <summary>Writes a film that shows a code with a text.</summary>
    /// <param name="path">Where to, ending in <c>.y4m</c>.</param>
    /// <param name="text">The text.</param>
    public static async Task FilmAsync(string path, string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var modules = code.ModuleMatrix;
        var size = Height * 3 / 4 / modules.Count;
        var (left, top) = ((Width - size * modules.Count) / 2, (Height - size * modules.Count) / 2);
        var light = new byte[Width * Height];
        Array.Fill(light, White);
        for (var y = 0; y < modules.Count * size; y++)
        {
            for (var x = 0; x < modules.Count * size; x++)
            {
                if (modules[y / size][x / size])
                    light[(top + y) * Width + left + x] = Black;
            }
        }

        var colour = new byte[Width * Height / 2];
        Array.Fill(colour, NoColour);
        await using var film = File.Create(path);
        await film.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"YUV4MPEG2 W{Width} H{Height} F10:1 Ip A1:1 C420jpeg\n")));
        for (var n = 0; n < Frames; n++)
        {
            await film.WriteAsync(Encoding.ASCII.GetBytes("FRAME\n"));
            await film.WriteAsync(light);
            await film.WriteAsync(colour);
        }
    }
}
