using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Workflows.Host.Identity;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Identity;

public sealed class SignInTests : IAsyncLifetime
{
    private readonly ServiceUnderTest _service = new();

    public Task InitializeAsync() => _service.InitializeAsync();

    public Task DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Signing_in_gives_a_token_for_one_hour_that_says_who_one_is()
    {
        using var client = await _service.PersonAsync("inspector", "FIR", "330203", "FIR-001");
        var me = await (await client.GetAsync(new Uri("/api/session", UriKind.Relative))).JsonAsync();
        Assert.Equal("FIR", me["department"]!.GetValue<string>());
        Assert.Equal("330203", me["area"]!.GetValue<string>());
        Assert.Equal("FIR-001", me["officerId"]!.GetValue<string>());
        Assert.Equal("inspector", Assert.Single(me["roles"]!.AsArray())!.GetValue<string>());

        _service.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/api/session", UriKind.Relative))).StatusCode);
        _service.Clock.Advance(TimeSpan.FromMinutes(2));
        await (await client.GetAsync(new Uri("/api/session", UriKind.Relative))).RefusedAsync(401, "not-signed-in", "Authorization");
    }

    [Fact]
    public async Task A_refresh_token_renews_the_session_for_seven_days_and_no_longer()
    {
        using var anonymous = _service.Anonymous();
        var first = await (await anonymous.PostAsJsonAsync("/api/session",
            new { userName = "admin", password = ServiceUnderTest.AdministratorPassword })).JsonAsync();
        _service.Clock.Advance(TimeSpan.FromDays(6));
        using var renewed = await anonymous.PostAsJsonAsync("/api/session/refresh", new { refreshToken = first["refreshToken"]!.GetValue<string>() });
        Assert.Equal(HttpStatusCode.OK, renewed.StatusCode);
        anonymous.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await renewed.JsonAsync())["accessToken"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, (await anonymous.GetAsync(new Uri("/api/session", UriKind.Relative))).StatusCode);

        _service.Clock.Advance(TimeSpan.FromDays(2));
        using var late = await anonymous.PostAsJsonAsync("/api/session/refresh", new { refreshToken = first["refreshToken"]!.GetValue<string>() });
        await late.RefusedAsync(401, "session-ended", "refreshToken");
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_read_the_same()
    {
        using var anonymous = _service.Anonymous();
        using var unknown = await anonymous.PostAsJsonAsync("/api/session", new { userName = "nobody", password = "whatever-it-is" });
        using var wrong = await anonymous.PostAsJsonAsync("/api/session", new { userName = "admin", password = "whatever-it-is" });
        await unknown.RefusedAsync(401, "wrong-credentials", "userName");
        Assert.Equal(await unknown.Content.ReadAsStringAsync(), await wrong.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_fifth_wrong_password_locks_the_account_even_for_the_right_one_until_the_administrator_resets_it()
    {
        using var person = await _service.PersonAsync("dispatcher", "CMD");
        using var anonymous = _service.Anonymous();
        for (var attempt = 1; attempt < IdentitySetup.AttemptsBeforeLockout; attempt++)
            await (await anonymous.PostAsJsonAsync("/api/session", new { userName = "dispatcher.cmd", password = "wrong-password" })).RefusedAsync(401, "wrong-credentials", "userName");
        await (await anonymous.PostAsJsonAsync("/api/session", new { userName = "dispatcher.cmd", password = "wrong-password" })).RefusedAsync(423, "account-locked", "userName");
        await (await anonymous.PostAsJsonAsync("/api/session", new { userName = "dispatcher.cmd", password = "password-of-dispatcher.cmd" })).RefusedAsync(423, "account-locked", "userName");

        using var administrator = await _service.AdministratorAsync();
        var id = (await (await person.GetAsync(new Uri("/api/session", UriKind.Relative))).JsonAsync())["id"]!.GetValue<string>();
        using var reset = await administrator.PutAsJsonAsync($"/api/users/{id}/password", new { newPassword = "a-fresh-password" });
        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        using var again = await anonymous.PostAsJsonAsync("/api/session", new { userName = "dispatcher.cmd", password = "a-fresh-password" });
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task A_disabled_account_loses_its_session_and_cannot_sign_in()
    {
        using var person = await _service.PersonAsync("supervisor", "CMD");
        var id = (await (await person.GetAsync(new Uri("/api/session", UriKind.Relative))).JsonAsync())["id"]!.GetValue<string>();
        using var administrator = await _service.AdministratorAsync();
        using var change = await administrator.PutAsJsonAsync($"/api/users/{id}", new { name = "督办人", roles = new[] { "supervisor" }, department = "CMD", disabled = true });
        Assert.Equal(HttpStatusCode.OK, change.StatusCode);
        await (await person.GetAsync(new Uri("/api/session", UriKind.Relative))).RefusedAsync(401, "session-ended", "Authorization");
        using var anonymous = _service.Anonymous();
        await (await anonymous.PostAsJsonAsync("/api/session", new { userName = "supervisor.cmd", password = "password-of-supervisor.cmd" })).RefusedAsync(403, "account-disabled", "userName");
    }

    [Fact]
    public async Task A_changed_role_ends_the_session_that_carries_the_old_one()
    {
        using var person = await _service.PersonAsync("legal-reviewer", "HEA");
        var id = (await (await person.GetAsync(new Uri("/api/session", UriKind.Relative))).JsonAsync())["id"]!.GetValue<string>();
        using var administrator = await _service.AdministratorAsync();
        (await administrator.PutAsJsonAsync($"/api/users/{id}", new { name = "某", roles = new[] { "assistant" }, department = "HEA" })).EnsureSuccessStatusCode();
        await (await person.GetAsync(new Uri("/api/session", UriKind.Relative))).RefusedAsync(401, "session-ended", "Authorization");
    }

    [Fact]
    public async Task Sign_ins_of_one_address_are_limited_and_allowed_again_in_the_next_minute()
    {
        using var anonymous = _service.Anonymous();
        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsJsonAsync("/api/session", new { userName = $"nobody{i}", password = "whatever-it-is" })).StatusCode);
        using var refused = await anonymous.PostAsJsonAsync("/api/session", new { userName = "nobody", password = "whatever-it-is" });
        await refused.RefusedAsync(429, "too-many-requests", "");
        Assert.Equal(TimeSpan.FromSeconds(60), refused.Headers.RetryAfter!.Delta);
        _service.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsJsonAsync("/api/session", new { userName = "nobody", password = "whatever-it-is" })).StatusCode);
    }
}
