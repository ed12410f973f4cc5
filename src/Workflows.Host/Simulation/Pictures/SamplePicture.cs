using System.Security.Cryptography;
using System.Text;

namespace Workflows.Host.Simulation.Pictures;

/// <summary>
/// A drawn picture that stands for a photograph of a simulated visit, labelled 样例照片. What is simulated names its true hash and length; the file itself is
/// kept only where somebody looks, in the sample district.
/// </summary>
/// <param name="Name">Name, such as <c>before-1</c>.</param>
/// <param name="Content">The file, JPEG.</param>
/// <param name="Sha256">SHA-256 of the file, lower-case hex.</param>
internal sealed record SamplePicture(string Name, ReadOnlyMemory<byte> Content, string Sha256)
{
    /// <summary>Media type of all of them.</summary>
    public const string MediaType = "image/jpeg";

    private const string Folder = "Pictures.";
    private const int Scenes = 3;

    private static readonly Dictionary<string, SamplePicture> Known = Read();

    /// <summary>All of them, in order of their names.</summary>
    public static IReadOnlyList<SamplePicture> All { get; } = [.. Known.Values.OrderBy(picture => picture.Name, StringComparer.Ordinal)];

    /// <summary>The picture for what a piece of evidence shows. Before and after of one item of one matter show the same scene.</summary>
    /// <param name="title">Title of the evidence, such as EH-05改正前照片.</param>
    /// <param name="matter">What it belongs to, such as the id of a case.</param>
    public static SamplePicture Of(string title, string matter)
    {
        if (title.Contains("大门", StringComparison.Ordinal))
            return Known["door"];
        if (title.Contains("报告", StringComparison.Ordinal))
            return Known["report"];
        var (before, after) = (title.IndexOf("改正前", StringComparison.Ordinal), title.IndexOf("改正后", StringComparison.Ordinal));
        if (after < 0)
            after = title.IndexOf("整改后", StringComparison.Ordinal);
        if (before < 0 && after < 0)
            return Known["spot"];
        var item = title[..Math.Max(before, after)];
        var scene = 1 + (SHA256.HashData(Encoding.UTF8.GetBytes($"{matter}|{item}"))[0] % Scenes);
        return Known[$"{(before >= 0 ? "before" : "after")}-{scene}"];
    }

    private static Dictionary<string, SamplePicture> Read()
    {
        var assembly = typeof(SamplePicture).Assembly;
        var found = new Dictionary<string, SamplePicture>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            var name = Path.GetFileNameWithoutExtension(resource[Folder.Length..]);
            found[name] = new SamplePicture(name, content, Convert.ToHexStringLower(SHA256.HashData(content)));
        }

        return found;
    }
}
