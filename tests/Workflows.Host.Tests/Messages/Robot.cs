using System.Net;

namespace Workflows.Host.Tests.Messages;

/// <summary>A gateway that keeps what it was sent and always answers the same.</summary>
internal sealed class Robot(string answer, HttpStatusCode status = HttpStatusCode.OK) : HttpMessageHandler
{
    public string? Address { get; private set; }

    public string? Body { get; private set; }

    public string? Key { get; private set; }

    public string? Token { get; private set; }

    public string? Type { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Address = request.RequestUri!.AbsoluteUri;
        Key = request.Headers.GetValues("Idempotency-Key").Single();
        Token = request.Headers.Authorization?.ToString();
        Type = request.Content!.Headers.ContentType!.ToString();
        Body = await request.Content.ReadAsStringAsync(cancellationToken);
        return new HttpResponseMessage(status) { Content = new StringContent(answer) };
    }
}
