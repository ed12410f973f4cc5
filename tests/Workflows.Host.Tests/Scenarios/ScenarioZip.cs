using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Scenarios;

/// <summary>The folder of a scenario that the house does not ship, packed as an analyst would hand it in.</summary>
internal static class ScenarioZip
{
    public static readonly string Folder = Path.Combine(ServiceUnderTest.HomeFolder(), "tests", "Workflows.Host.Tests", "Scenarios", "stationery-shop");

    /// <summary>The files of the folder by path.</summary>
    public static Dictionary<string, string?> Files() => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'), path => (string?)File.ReadAllText(path));

    /// <summary>The folder, packed; with other files, or without those that are null.</summary>
    public static byte[] Pack(string prefix, Dictionary<string, string?>? other = null)
    {
        var files = Files();
        foreach (var (path, text) in other ?? [])
            files[path] = text;
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in files.Where(file => file.Value is not null))
            {
                using var entry = zip.CreateEntry(prefix + path).Open();
                entry.Write(Encoding.UTF8.GetBytes(text!));
            }
        }

        return stream.ToArray();
    }

    public static async Task<HttpResponseMessage> ImportAsync(HttpClient person, byte[] zip, string key)
    {
        using var file = new ByteArrayContent(zip) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } };
        using var form = new MultipartFormDataContent { { file, "file", "scenario.zip" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/scenarios/import") { Content = form };
        request.Headers.Add("Idempotency-Key", key);
        return await person.SendAsync(request);
    }

    /// <summary>Imports one sheet of a roster.</summary>
    public static async Task RosterAsync(HttpClient administrator, string kind, string csv, string key)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "file", kind + ".csv" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/rosters/{kind}/import") { Content = form };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await administrator.SendAsync(request);
        await answer.SucceededAsync();
    }
}
