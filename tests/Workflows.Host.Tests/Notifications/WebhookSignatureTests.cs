using Workflows.Host.Notifications;

namespace Workflows.Host.Tests.Notifications;

public sealed class WebhookSignatureTests
{
    private const string Secret = "0123456789abcdef";
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    [Fact]
    public void The_signature_is_hmac_sha256_over_time_and_body()
    {
        // printf '1800000000.{"a":1}' | openssl dgst -sha256 -hmac 0123456789abcdef
        Assert.Equal(
            "t=1800000000,v1=d3e17924cac4a72ca2ee9e5700df170fdb5733eaf69ecd909fb0c18a962b03a5",
            WebhookSignature.Sign(Secret, At, """{"a":1}"""));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public void A_signature_counts_for_five_minutes(int seconds, bool counts) =>
        Assert.Equal(counts, WebhookSignature.Verify(Secret, At.AddSeconds(seconds), "{}", WebhookSignature.Sign(Secret, At, "{}")));

    [Theory]
    [InlineData("""{"a":2}""", Secret)]
    [InlineData("""{"a":1}""", "another-secret-0")]
    public void Another_body_or_secret_is_noticed(string body, string secret) =>
        Assert.False(WebhookSignature.Verify(secret, At, body, WebhookSignature.Sign(Secret, At, """{"a":1}""")));

    [Theory]
    [InlineData("")]
    [InlineData("v1=00")]
    [InlineData("t=x,v1=00")]
    [InlineData("t=1800000000,v1=")]
    [InlineData("t=1800000000,v2=00")]
    public void A_header_of_another_form_is_refused(string header) => Assert.False(WebhookSignature.Verify(Secret, At, "{}", header));
}
