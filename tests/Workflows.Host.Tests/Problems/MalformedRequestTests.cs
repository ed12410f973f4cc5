using System.Net.Http.Headers;
using System.Text;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Problems;

[Collection(SharedService.Name)]
public sealed class MalformedRequestTests(ServiceUnderTest service)
{
    [Theory]
    [InlineData("""{"userName":"admin","password":"x",""", "malformed-json", "")]
    [InlineData("not json", "malformed-json", "")]
    [InlineData("", "missing-body", "")]
    [InlineData("""{"userName":"admin","password":3}""", "malformed-field", "password")]
    [InlineData("""{"userName":"admin","password":null}""", "malformed-field", "password")]
    [InlineData("""{"userName":"admin"}""", "missing-field", "password")]
    [InlineData("""{"userName":"admin","password":"x","admin":true}""", "unknown-field", "admin")]
    [InlineData("""{"userName":"admin","password":"x","password":"y"}""", "malformed-field", "password")]
    public async Task A_body_that_cannot_be_read_is_refused_with_its_field(string body, string code, string field)
    {
        using var anonymous = service.Anonymous();
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        await (await anonymous.PostAsync(new Uri("/api/session", UriKind.Relative), content)).RefusedAsync(400, code, field);
    }

    [Fact]
    public async Task The_line_of_the_mistake_is_named()
    {
        using var anonymous = service.Anonymous();
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        using var content = new StringContent("{\n\"userName\": \"admin\",\n\"password\": oops\n}", Encoding.UTF8, "application/json");
        using var answer = await anonymous.PostAsync(new Uri("/api/session", UriKind.Relative), content);
        Assert.Equal(3, (await answer.JsonAsync())["line"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_deeply_nested_body_is_refused_and_the_service_lives_on()
    {
        using var anonymous = service.Anonymous();
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        using var content = new StringContent(new string('[', 100_000), Encoding.UTF8, "application/json");
        Assert.Equal(400, (int)(await anonymous.PostAsync(new Uri("/api/session", UriKind.Relative), content)).StatusCode);
        Assert.Equal(200, (int)(await anonymous.GetAsync(new Uri("/health/live", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Another_content_type_method_or_address_is_told_apart()
    {
        using var anonymous = service.Anonymous();
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        using var text = new StringContent("x", Encoding.UTF8, "text/plain");
        await (await anonymous.PostAsync(new Uri("/api/session", UriKind.Relative), text)).RefusedAsync(415, "unsupported-media-type", "Content-Type");
        await (await anonymous.DeleteAsync(new Uri("/api/session", UriKind.Relative))).RefusedAsync(405, "method-not-allowed", "");
        await (await anonymous.GetAsync(new Uri("/api/nothing-here", UriKind.Relative))).RefusedAsync(404, "not-found", "");
    }

    [Theory]
    [InlineData("multipart/form-data", "x", 400, "malformed-form")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nbroken", 400, "malformed-form")]
    [InlineData("multipart/form-data; boundary=b", "many", 400, "malformed-form")]
    public async Task A_form_that_cannot_be_read_is_refused(string type, string body, int status, string code)
    {
        using var anonymous = service.Anonymous();
        service.Clock.Advance(TimeSpan.FromMinutes(2));
        if (body == "many")
            body = string.Concat(Enumerable.Range(0, 65).Select(i => $"--b\r\nContent-Disposition: form-data; name=\"f{i}\"\r\n\r\nx\r\n")) + "--b--\r\n";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/public/reports") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.Add("Idempotency-Key", "form-" + Guid.NewGuid());
        await (await anonymous.SendAsync(request)).RefusedAsync(status, code, "");
    }

    [Fact]
    public async Task A_forged_token_signs_nobody_in()
    {
        using var anonymous = service.Anonymous();
        anonymous.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "CfDJ8forged");
        await (await anonymous.GetAsync(new Uri("/api/session", UriKind.Relative))).RefusedAsync(401, "not-signed-in", "Authorization");
    }
}
