using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Workflows.Host.Composition;
using Workflows.Host.Messages;
using Workflows.Host.Messages.Push;
using Workflows.Host.Notifications;

namespace Workflows.Host.Tests.Messages;

/// <summary>A web server that plays the push service and the phone behind it.</summary>
internal sealed class PushServiceOfTest : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly X509Certificate2 _certificate;

    private PushServiceOfTest(WebApplication application, X509Certificate2 certificate) => (_application, _certificate) = (application, certificate);

    public PushedPhone Phone { get; } = new();

    public ConcurrentQueue<PushRequest> Requests { get; } = new();

    public HttpStatusCode Answer { get; set; } = HttpStatusCode.Created;

    public string Origin => _application.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    public static async Task<PushServiceOfTest> StartAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(30), DateTimeOffset.UnixEpoch.AddYears(130));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var service = new PushServiceOfTest(builder.Build(), certificate);
        service._application.Map("{**path}", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            service.Requests.Enqueue(new PushRequest(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray()));
            context.Response.StatusCode = (int)service.Answer;
            if (service.Answer == HttpStatusCode.Redirect)
                context.Response.Headers.Location = "http://169.254.169.254/";
        });
        await service._application.StartAsync();
        return service;
    }

    public PushClient Client(ServeSettings settings, out VapidKey key)
    {
        key = VapidKey.Read(settings with { VapidContact = new Uri("mailto:duty@office.example") });
        return new PushClient(settings, key, new EgressGuard(), handler => handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.GetCertHashString() == _certificate.GetCertHashString());
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _certificate.Dispose();
        Phone.Dispose();
    }
}

/// <summary>What arrived at the push service.</summary>
internal sealed record PushRequest(Dictionary<string, string> Headers, byte[] Body);
