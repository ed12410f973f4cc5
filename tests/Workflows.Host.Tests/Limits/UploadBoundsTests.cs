using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Tests.Serving;
using Workflows.Host.Web;

namespace Workflows.Host.Tests.Limits;

/// <summary>How large what is sent may be, and where it lies. Behind a real port, since the server itself draws the bound.</summary>
public sealed class UploadBoundsTests(ListeningDistrict district) : IClassFixture<ListeningDistrict>
{
    // A file of 32 MiB; three photos of 4 MiB each with 64 KiB for what is said.
    private const long LargestUpload = 32L * 1024 * 1024;
    private const long LargestReport = (12L * 1024 * 1024) + (64 * 1024);

    [Theory]
    [InlineData("case", LargestUpload)]
    [InlineData("party", LargestUpload)]
    [InlineData("lead", LargestUpload)]
    [InlineData("public", LargestReport)]
    [InlineData("estate", LargestReport)]
    [InlineData("roster", LargestUpload)]
    public async Task What_is_larger_than_its_door_is_refused_before_it_is_read_and_leaves_nothing_behind(string door, long largest)
    {
        var before = Kept();
        var (person, path) = district.Doors[door];
        using var content = new Claimed(largest + 1);
        using var answer = await SendAsync(person, path, content);
        await answer.RefusedAsync(413, "too-large", "");
        Assert.False(content.WasSent);
        Assert.Equal(before, Kept());
    }

    [Theory]
    [InlineData("case", LargestUpload)]
    [InlineData("public", LargestReport)]
    public async Task What_just_fits_is_asked_for(string door, long largest)
    {
        // Without this the test above would pass on a door that lets nothing in.
        var (person, path) = district.Doors[door];
        using var content = new Claimed(largest);
        await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(person, path, content));
        Assert.True(content.WasSent);
    }

    [Fact]
    public async Task A_file_lies_under_its_hash_in_the_data_folder_which_is_not_served()
    {
        var (person, path) = district.Doors["case"];
        byte[] photo = [0xff, 0xd8, 0xff, 0x2a, 0x2b];
        using var form = new MultipartFormDataContent { { new StringContent("照片"), "kind" }, { new StringContent("现场照片"), "title" } };
        using var file = new ByteArrayContent(photo);
        file.Headers.ContentType = new("image/jpeg");
        form.Add(file, "file", "photo.jpg");
        using (var answer = await SendAsync(person, path, form))
            await answer.SucceededAsync();
        var hash = Convert.ToHexStringLower(SHA256.HashData(photo));
        Assert.Equal(photo, await File.ReadAllBytesAsync(Path.Combine(district.DataFolder, "evidence", hash[..2], hash)));

        var web = district.Services.GetRequiredService<WebRoot>().Folder;
        Assert.False(web is not null && Path.GetFullPath(district.DataFolder).StartsWith(Path.GetFullPath(web), StringComparison.Ordinal));
        using var anybody = district.Anonymous();
        foreach (var place in new[] { $"/evidence/{hash[..2]}/{hash}", $"/assets/evidence/{hash[..2]}/{hash}", $"/public/../evidence/{hash[..2]}/{hash}", $"/assets/..%2f..%2fevidence%2f{hash[..2]}%2f{hash}" })
        {
            using var answer = await anybody.GetAsync(new Uri(place, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private List<string> Kept() => [.. new[] { "evidence", "reports" }.Select(folder => Path.Combine(district.DataFolder, folder)).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)];

    private async Task<HttpResponseMessage> SendAsync(string? person, string path, HttpContent content)
    {
        using var signedIn = person is null ? district.Anonymous() : await district.SamplePersonAsync(person);
        // Asks first, as browsers do not but a polite client does: what is refused need not be sent.
        using var handler = new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) };
        using var client = new HttpClient(handler) { BaseAddress = signedIn.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Authorization = signedIn.DefaultRequestHeaders.Authorization;
        request.Headers.ExpectContinue = true;
        request.Headers.Add("Idempotency-Key", "bounds-" + Guid.NewGuid());
        var answer = await client.SendAsync(request);
        await answer.Content.LoadIntoBufferAsync();
        return answer;
    }

    /// <summary>A form that says how long it is and breaks off when somebody wants it.</summary>
    private sealed class Claimed : HttpContent
    {
        private readonly long _length;

        public Claimed(long length)
        {
            _length = length;
            Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        }

        public bool WasSent { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            WasSent = true;
            throw new IOException("broken off");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _length;
            return true;
        }
    }
}
