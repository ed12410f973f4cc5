using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Host.CommandLine;
using Workflows.Host.Composition;
using Workflows.Host.Messages;
using Workflows.Host.Messages.Push;
using Workflows.Host.Notifications;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Outbox;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Messages;

/// <summary>推送: messages to phones whose page is closed. A web server of the test plays the push service and the phone behind it.</summary>
public sealed class PushTests(SampleService service) : IClassFixture<SampleService>
{
    private static readonly ServeSettings Settings = new() { DataFolder = Directory.CreateTempSubdirectory("push-").FullName, HomeFolder = ServiceUnderTest.HomeFolder(), WallClock = new WallClock() };
    private static readonly MessageCatalogue Catalogue = MessageCatalogue.Read(Settings);

    [Fact]
    public void The_worked_example_of_RFC_8291_comes_out_byte_for_byte()
    {
        // RFC 8291, section 5 and appendix A.
        using var own = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Base64Url.DecodeFromChars("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw") });
        Assert.Equal("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8", Base64Url.EncodeToString(PushEncryption.PublicKey(own)));
        var body = PushEncryption.Seal(
            "When I grow up, I want to be a watermelon"u8, Base64Url.DecodeFromChars("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
            Base64Url.DecodeFromChars("BTBZMqHH6r4Tts7J_aSIgg"), own, Base64Url.DecodeFromChars("DGv6ra1nlYgDCS1FRnbzlw"));
        Assert.Equal(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
            Base64Url.EncodeToString(body));
    }

    [Theory]
    [InlineData("https://fcm.googleapis.com/fcm/send/abc", true)]
    [InlineData("https://updates.push.services.mozilla.com/wpush/v2/abc", true)]
    [InlineData("https://wns2-by3p.notify.windows.com/w/?token=abc", true)]
    [InlineData("https://web.push.apple.com/abc", true)]
    [InlineData("http://fcm.googleapis.com/fcm/send/abc", false)]
    [InlineData("https://fcm.googleapis.com:8443/fcm/send/abc", false)]
    [InlineData("https://fcm.googleapis.com.evil.example/abc", false)]
    [InlineData("https://evil.example/?fcm.googleapis.com", false)]
    [InlineData("https://evilpush.apple.com/abc", false)]
    [InlineData("https://push.apple.com@evil.example/abc", false)]
    [InlineData("https://user@fcm.googleapis.com/abc", false)]
    [InlineData("https://127.0.0.1/abc", false)]
    [InlineData("https://[::1]/abc", false)]
    [InlineData("https://169.254.169.254/latest/meta-data", false)]
    [InlineData("https://localhost/abc", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("/abc", false)]
    public void A_message_goes_to_push_services_that_are_named_and_nowhere_else(string address, bool accepted) =>
        Assert.Equal(accepted, PushHosts.Default.Accept(address) is not null);

    [Fact]
    public void The_operator_names_other_push_services_or_none()
    {
        var hosts = PushHosts.Parse("default, push.office.example:8443,*.push.example");
        Assert.NotNull(hosts.Accept("https://push.office.example:8443/x"));
        Assert.NotNull(hosts.Accept("https://a.push.example/x"));
        Assert.NotNull(hosts.Accept("https://fcm.googleapis.com/x"));
        Assert.Null(hosts.Accept("https://push.office.example/x"));
        Assert.Null(PushHosts.Parse("push.office.example").Accept("https://fcm.googleapis.com/x"));
        // What a name in the world may point to, the inner network does not belong to; what the operator named outright may lie there.
        Assert.Equal((true, false, false), (hosts.MayBeInternal("push.office.example", 8443), hosts.MayBeInternal("a.push.example", 443), hosts.MayBeInternal("fcm.googleapis.com", 443)));
        Assert.False(PushHosts.Parse("none").Any);
        foreach (var wrong in (string[])["https://push.example", "push.example/x", "a b", "*", "p*.example"])
            Assert.Contains("WORKFLOWS_PUSH_HOSTS", Assert.Throws<BadInputException>(() => PushHosts.Parse(wrong)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_is_made_once_and_is_the_owners_alone_to_read()
    {
        using var first = VapidKey.Read(Settings);
        using var again = VapidKey.Read(Settings);
        Assert.Equal(first.PublicKey, again.PublicKey);
        var file = Path.Combine(Settings.DataFolder, VapidKey.FileName);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        // The key pair of RFC 8291's example.
        using var own = VapidKey.Read(Settings with { VapidKey = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw" });
        Assert.Equal("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8", own.PublicKey);
        Assert.Contains("WORKFLOWS_VAPID_KEY", Assert.Throws<BadInputException>(() => VapidKey.Read(Settings with { VapidKey = "short" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_arrives_sealed_for_the_phone_and_signed_as_the_services_and_says_number_date_and_link_alone()
    {
        await using var push = await PushServiceOfTest.StartAsync();
        using var person = await service.SamplePersonAsync("fir.01");
        var settings = await OpenAsync(push);
        await SubscribeAsync(person, push, "fir.01");
        var number = "N-" + Guid.NewGuid().ToString("N");
        var row = Assert.Single(await NoticeAsync(settings, number, "催办", 3));
        using var client = push.Client(settings, out var key);
        using (key)
        {
            Assert.Null((await DeliverAsync(client, row)).Error);
            Assert.Null((await DeliverAsync(client, row)).Error);
            var (first, again) = (push.Requests.First(), push.Requests.Last());
            Assert.Equal(2, push.Requests.Count);
            var told = JsonNode.Parse(push.Phone.Open(first.Body))!.AsObject();
            Assert.Equal($"【催办】{number}，期限2026年12月3日（含当日）", told["text"]!.GetValue<string>());
            Assert.Equal($"/cases/{number}", told["link"]!.GetValue<string>());
            Assert.Equal(["id", "link", "text", "urgent"], told.Select(field => field.Key).Order(StringComparer.Ordinal));
            // What is delivered again is the same to the phone, under another salt and key.
            Assert.Equal(told["id"]!.GetValue<string>(), JsonNode.Parse(push.Phone.Open(again.Body))!["id"]!.GetValue<string>());
            Assert.Equal(first.Headers["Topic"], again.Headers["Topic"]);
            Assert.NotEqual(first.Body[..86], again.Body[..86]);
            Assert.Equal(("aes128gcm", "86400", "normal"), (first.Headers["Content-Encoding"], first.Headers["TTL"], first.Headers["Urgency"]));
            Assert.Matches("^[A-Za-z0-9_-]{1,32}$", first.Headers["Topic"]);
            Signed(first.Headers["Authorization"], push.Origin, key.PublicKey);
        }

        var urgent = Assert.Single(await NoticeAsync(settings, "N-" + Guid.NewGuid().ToString("N"), "红牌", 3));
        using (var fast = push.Client(settings, out var fastKey))
        using (fastKey)
            await DeliverAsync(fast, urgent);
        Assert.Equal("high", push.Requests.Last().Headers["Urgency"]);
    }

    [Fact]
    public async Task At_night_what_can_wait_is_held_and_what_is_urgent_goes()
    {
        await using var push = await PushServiceOfTest.StartAsync();
        using var person = await service.SamplePersonAsync("hea.01");
        var settings = await OpenAsync(push);
        await SubscribeAsync(person, push, "hea.01");
        // Half past ten in the evening, Beijing time.
        var waits = Assert.Single(await NoticeAsync(settings, "N-" + Guid.NewGuid().ToString("N"), "黄牌", 14.5, "officer:HEA-01"));
        var evening = new DateTimeOffset(2027, 12, 1, 14, 30, 0, TimeSpan.Zero);
        Assert.Equal(evening.AddHours(9), waits.NextAttemptAt);
        var goes = Assert.Single(await NoticeAsync(settings, "N-" + Guid.NewGuid().ToString("N"), "红牌", 14.5, "officer:HEA-01"));
        Assert.Equal(evening, goes.NextAttemptAt);
        using var client = push.Client(settings, out var key);
        key.Dispose();
        var channel = Channel(client);
        Assert.Equal((evening.AddHours(9), evening), (channel.Release(Item(waits), evening), channel.Release(Item(goes), evening)));
    }

    [Theory]
    [InlineData(HttpStatusCode.Gone)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task A_browser_that_its_push_service_does_not_know_any_more_is_forgotten(HttpStatusCode status)
    {
        await using var push = await PushServiceOfTest.StartAsync();
        using var person = await service.SamplePersonAsync("cul.01");
        var settings = await OpenAsync(push);
        var id = await SubscribeAsync(person, push, "cul.01");
        var row = Assert.Single(await NoticeAsync(settings, "N-" + Guid.NewGuid().ToString("N"), "催办", 3, "officer:CUL-01"), row => row.Recipient.EndsWith(id, StringComparison.Ordinal));
        using var client = push.Client(settings, out var key);
        using (key)
        {
            push.Answer = HttpStatusCode.ServiceUnavailable;
            Assert.Equal("推送服务应答 503。", (await DeliverAsync(client, row)).Error);
            Assert.Contains(id, await DevicesAsync(person));
            push.Answer = HttpStatusCode.Redirect;
            Assert.Equal("推送服务应答 302。", (await DeliverAsync(client, row)).Error);
            push.Answer = status;
            Assert.Null((await DeliverAsync(client, row)).Error);
            Assert.DoesNotContain(id, await DevicesAsync(person));
            var sent = push.Requests.Count;
            Assert.Null((await DeliverAsync(client, row)).Error);
            Assert.Equal(sent, push.Requests.Count);
        }
    }

    [Fact]
    public async Task A_host_that_is_closed_or_that_leads_into_the_inner_network_gets_nothing()
    {
        await using var push = await PushServiceOfTest.StartAsync();
        var device = new PushDevice(push.Origin + "/x", push.Phone.PublicKey, push.Phone.Secret, "", default);
        using (var closed = push.Client(Settings, out var key))
        using (key)
            Assert.Equal(PushOutcome.Gone, (await closed.PushAsync(device, [1], "t", false, CancellationToken.None)).Outcome);
        // The name passes the list by a wildcard, and points to this machine.
        var wide = Settings with { PushHosts = PushHosts.Parse($"*.localhost:{new Uri(push.Origin).Port}") };
        using (var guarded = push.Client(wide, out var key))
        using (key)
        {
            var (outcome, error) = await guarded.PushAsync(device with { Endpoint = $"https://inner.localhost:{new Uri(push.Origin).Port}/x" }, [1], "t", false, CancellationToken.None);
            Assert.Equal((PushOutcome.Failed, true), (outcome, error!.StartsWith("无法连接推送服务", StringComparison.Ordinal)));
        }

        Assert.Empty(push.Requests);
    }

    [Fact]
    public async Task Each_person_has_at_most_five_browsers_and_one_browser_is_one_persons()
    {
        await using var push = await PushServiceOfTest.StartAsync();
        using var person = await service.SamplePersonAsync("cul.02");
        using var other = await service.SamplePersonAsync("cul.03");
        await OpenAsync(push);
        await RefusedAsync(person, new { endpoint = "https://127.0.0.1/x", keys = push.Phone.Keys }, "unknown-push-service", "endpoint");
        await RefusedAsync(person, new { endpoint = "https://fcm.googleapis.com/x", keys = new { p256dh = push.Phone.Secret, auth = push.Phone.Secret } }, "bad-key", "keys.p256dh");
        await RefusedAsync(person, new { endpoint = "https://fcm.googleapis.com/x", keys = new { p256dh = "B" + new string('A', 86), auth = push.Phone.Secret } }, "bad-key", "keys.p256dh");
        await RefusedAsync(person, new { endpoint = "https://fcm.googleapis.com/x", keys = new { p256dh = push.Phone.PublicKey, auth = "AA" } }, "bad-key", "keys.auth");
        var ids = new List<string>();
        for (var n = 0; n < 6; n++)
        {
            service.Clock.Advance(TimeSpan.FromSeconds(1));
            ids.Add(await SubscribeAsync(person, push, $"cul.02-{n}"));
        }

        Assert.Equal(ids[1..], await DevicesAsync(person));
        // Again: no further one. By somebody else: theirs alone.
        Assert.Equal(ids[1], await SubscribeAsync(person, push, "cul.02-1"));
        Assert.Equal(5, (await DevicesAsync(person)).Count);
        Assert.Equal(ids[2], await SubscribeAsync(other, push, "cul.02-2"));
        Assert.DoesNotContain(ids[2], await DevicesAsync(person));
        Assert.Equal([ids[2]], await DevicesAsync(other));
        // Nobody ends somebody else's; one's own ends with the sign-out of the page.
        Assert.Equal(404, (int)(await person.DeleteAsync(new Uri($"/api/push/devices/{ids[2]}", UriKind.Relative))).StatusCode);
        Assert.Equal(204, (int)(await other.DeleteAsync(new Uri($"/api/push/devices/{ids[2]}", UriKind.Relative))).StatusCode);
        Assert.Empty(await DevicesAsync(other));
    }

    [Fact]
    public async Task With_another_password_a_browser_hears_nothing_until_somebody_signs_in_there_again()
    {
        await using var push = await PushServiceOfTest.StartAsync();
        await OpenAsync(push);
        using var person = await service.PersonAsync("supervisor", null, "330203", "PUSHED");
        var id = await SubscribeAsync(person, push, "pushed");
        var account = (await (await person.GetAsync(new Uri("/api/session", UriKind.Relative))).SucceededAsync())["id"]!.GetValue<string>();
        Assert.NotNull(await FindAsync(account, id));
        using var changed = await person.PutAsJsonAsync("/api/session/password", new { currentPassword = "password-of-supervisor.330203.pushed", newPassword = "another-password-of-tests" });
        Assert.Equal(204, (int)changed.StatusCode);
        Assert.Null(await FindAsync(account, id));
    }

    [Fact]
    public async Task A_browser_that_subscribed_with_an_older_key_of_the_service_is_forgotten_and_asked_anew()
    {
        await using var push = await PushServiceOfTest.StartAsync();
        await OpenAsync(push);
        using var person = await service.PersonAsync("supervisor", null, "330203", "REKEYED");
        var id = await SubscribeAsync(person, push, "rekeyed");
        var account = (await (await person.GetAsync(new Uri("/api/session", UriKind.Relative))).SucceededAsync())["id"]!.GetValue<string>();
        Assert.NotNull(await FindAsync(account, id));
        await using (var scope = service.Services.CreateAsyncScope())
        {
            var database = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>();
            var token = await database.UserTokens.SingleAsync(token => token.Name == id);
            // The public half of RFC 8291's example stands for the key that the service had before.
            token.Value = token.Value!.Replace(service.Services.GetRequiredService<VapidKey>().PublicKey, "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8", StringComparison.Ordinal);
            await database.SaveChangesAsync();
        }

        // Its page does not find it and subscribes again; until then nothing is sent, and it does not stay.
        Assert.DoesNotContain(id, await DevicesAsync(person));
        Assert.Null(await FindAsync(account, id));
        await using (var scope = service.Services.CreateAsyncScope())
            Assert.False(await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().UserTokens.AnyAsync(token => token.Name == id));
        Assert.Equal(id, await SubscribeAsync(person, push, "rekeyed"));
        Assert.NotNull(await FindAsync(account, id));
    }

    private async Task<PushDevice?> FindAsync(string account, string id)
    {
        await using var scope = service.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PushDevices>().FindAsync(account, id, CancellationToken.None);
    }

    // The service under test has the usual hosts; subscriptions to the test's own are put in beside its door.
    private Task<ServeSettings> OpenAsync(PushServiceOfTest push) =>
        Task.FromResult(service.Services.GetRequiredService<ServeSettings>() with { PushHosts = PushHosts.Parse(new Uri(push.Origin).Authority), PublicAddress = new Uri("https://desk.example") });

    private async Task<string> SubscribeAsync(HttpClient person, PushServiceOfTest push, string name)
    {
        using var answer = await person.PutAsJsonAsync("/api/push/devices", new { endpoint = $"https://fcm.googleapis.com/{name}", keys = push.Phone.Keys });
        var id = (await answer.SucceededAsync())["id"]!.GetValue<string>();
        Assert.Equal(PushDevices.IdOf($"https://fcm.googleapis.com/{name}"), id);
        await using var scope = service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>();
        var token = await database.UserTokens.SingleAsync(token => token.Name == id);
        token.Value = token.Value!.Replace("https://fcm.googleapis.com", push.Origin, StringComparison.Ordinal);
        await database.SaveChangesAsync();
        return id;
    }

    private static async Task RefusedAsync(HttpClient person, object wish, string code, string field)
    {
        using var answer = await person.PutAsJsonAsync("/api/push/devices", wish);
        await answer.RefusedAsync(422, code, field);
    }

    private static async Task<IReadOnlyList<string>> DevicesAsync(HttpClient person)
    {
        using var answer = await person.GetAsync(new Uri("/api/push", UriKind.Relative));
        var standing = await answer.SucceededAsync();
        Assert.Equal(87, standing["publicKey"]!.GetValue<string>().Length);
        return [.. standing["devices"]!.AsArray().Select(one => one!["id"]!.GetValue<string>())];
    }

    private async Task<List<OutboxRow>> NoticeAsync(ServeSettings settings, string number, string kind, double hour, string recipient = "officer:FIR-01")
    {
        var notice = new NoticeChannel(
            service.Services.GetRequiredService<IServiceScopeFactory>(), service.Services.GetRequiredService<StimulusPump>(), Catalogue, new OutsideChannels(settings, Catalogue), NullLogger<NoticeChannel>.Instance);
        // In a year to come, so that the service itself does not deliver it.
        var at = new DateTimeOffset(2027, 12, 1, 0, 0, 0, TimeSpan.Zero).AddHours(hour);
        var item = new OutboxItem(number, "notice", recipient, kind, $"样例人甲 {number}", "push-test", null, "ladder", null, 0, at, new OutboxSubject(number, new DateOnly(2026, 12, 3), $"/cases/{number}", "330203"));
        Assert.Null((await notice.DeliverAsync(item, CancellationToken.None)).Error);
        await using var scope = service.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<OutboxRow>().AsNoTracking().Where(row => row.Channel == "push" && row.Body.Contains(number)).ToListAsync();
    }

    private PushChannel Channel(PushClient client) => new(client, Catalogue, service.Services.GetRequiredService<IServiceScopeFactory>());

    private ValueTask<OutboxAnswer> DeliverAsync(PushClient client, OutboxRow row) => Channel(client).DeliverAsync(Item(row), CancellationToken.None);

    private static OutboxItem Item(OutboxRow row) => new(
        row.Id, row.Channel, row.Recipient, row.Kind, row.Body, row.CaseKey, row.CaseId, row.ActivityId, null, 0, row.CreatedAt,
        new OutboxSubject(row.Body.Split('】')[1].Split('，')[0], new DateOnly(2026, 12, 3), $"/cases/{row.Body.Split('】')[1].Split('，')[0]}", "330203"));

    // As a push service checks it (RFC 8292): the key that signed is the one that the browser subscribed with, and the token is for this origin.
    private static void Signed(string authorization, string origin, string publicKey)
    {
        Assert.StartsWith("vapid ", authorization, StringComparison.Ordinal);
        var parts = authorization["vapid ".Length..].Split(", ").Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        Assert.Equal(publicKey, parts["k"]);
        var point = Base64Url.DecodeFromChars(parts["k"]);
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..] } });
        var token = parts["t"].Split('.');
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), Base64Url.DecodeFromChars(token[2]), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        Assert.Equal("""{"typ":"JWT","alg":"ES256"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token[0])));
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(token[1]))!;
        Assert.Equal(origin, claims["aud"]!.GetValue<string>());
        Assert.InRange(DateTimeOffset.FromUnixTimeSeconds(claims["exp"]!.GetValue<long>()) - Settings.WallClock.GetUtcNow(), TimeSpan.FromMinutes(1), TimeSpan.FromHours(24));
        Assert.Equal("mailto:duty@office.example", claims["sub"]!.GetValue<string>());
    }
}
