using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Access;

[Collection(SharedService.Name)]
public sealed class SecurityHeadersTests(ServiceUnderTest service)
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/api/session")]
    [InlineData("/api/nothing-here")]
    [InlineData("/openapi/v1.json")]
    public async Task Every_answer_forbids_guessing_framing_caching_and_leaking(string path)
    {
        using var anonymous = service.Anonymous();
        using var answer = await anonymous.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.StartsWith("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/inspect", "camera=(self), microphone=(self), geolocation=(self)")]
    [InlineData("/inspect/visit/1", "camera=(self), microphone=(self), geolocation=(self)")]
    [InlineData("/inspector", "camera=(), microphone=(), geolocation=()")]
    [InlineData("/desk", "camera=(), microphone=(), geolocation=()")]
    [InlineData("/public", "camera=(self), microphone=(), geolocation=(self)")]
    [InlineData("/public/visits", "camera=(self), microphone=(), geolocation=(self)")]
    [InlineData("/public/report", "camera=(self), microphone=(), geolocation=(self)")]
    [InlineData("/e/0123456789", "camera=(), microphone=(), geolocation=(self)")]
    [InlineData("/p/0123456789", "camera=(), microphone=(), geolocation=()")]
    [InlineData("/api/session", "camera=(), microphone=(), geolocation=()")]
    public async Task The_microphone_is_for_the_inspectors_page_the_camera_also_for_who_scans_a_code_and_the_place_for_those_who_report(string path, string policy)
    {
        using var anonymous = service.Anonymous();
        using var answer = await anonymous.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(policy, Assert.Single(answer.Headers.GetValues("Permissions-Policy")));
    }
}
