using System.Text.Json.Nodes;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Leads;

/// <summary>The people of the sample district at work on leads, through the API alone.</summary>
internal sealed class LeadPeople(ServiceUnderTest service)
{
    /// <summary>The first town of the district; it holds EH-06 and EH-23 by delegation.</summary>
    public const string Town = "330203001";

    /// <summary>A town without delegations.</summary>
    public const string PlainTown = "330203003";

    private static int _count;

    /// <summary>Reports something of its own; returns the id of the lead.</summary>
    public async Task<string> ReportAsync(string? matter = "EH-20", string trigger = "Report", string area = PlainTown, object? reportedBy = null, string source = "窗口")
    {
        var number = Interlocked.Increment(ref _count);
        using var answer = await SendAsync("dispatcher", "/api/leads", Guid.NewGuid().ToString(), new Report
        {
            Trigger = trigger, Source = source, ExternalNumber = $"handled-{number}", Area = area, Address = $"样例街{number}号", MatterCode = matter,
            Text = $"{Guid.NewGuid():N}", ReportedBy = reportedBy,
        });
        return (await answer.SucceededAsync())["leadId"]!.GetValue<string>();
    }

    /// <summary>Does something with a lead that has to succeed.</summary>
    public async Task<JsonObject> DoAsync(string person, string leadId, string act, object? body = null)
    {
        using var answer = await SendAsync(person, $"/api/leads/{leadId}/{act}", $"{act}-{Guid.NewGuid()}", body ?? new { });
        return await answer.SucceededAsync();
    }

    /// <summary>Does something with a lead that has to be refused.</summary>
    public async Task RefusedAsync(string person, string leadId, string act, object body, int status, string code, string field = "id")
    {
        using var answer = await SendAsync(person, $"/api/leads/{leadId}/{act}", $"{act}-{Guid.NewGuid()}", body);
        await answer.RefusedAsync(status, code, field);
    }

    /// <summary>The lead as the dispatcher sees it.</summary>
    public async Task<JsonObject> LeadAsync(string id, string person = "dispatcher")
    {
        using var answer = await GetAsync(person, $"/api/leads/{id}");
        return await answer.SucceededAsync();
    }

    /// <summary>From the report to the department that the catalogue names, which accepts it.</summary>
    public async Task<string> AcceptedAsync(string head = "hea.head", string? matter = "EH-20", string trigger = "Report")
    {
        var id = await ReportAsync(matter, trigger);
        await DoAsync("dispatcher", id, "route");
        await DoAsync(head, id, "accept");
        return id;
    }

    public async Task<HttpResponseMessage> GetAsync(string person, string path)
    {
        using var client = await ClientAsync(person);
        return await client.GetAsync(new Uri(path, UriKind.Relative));
    }

    public async Task<HttpResponseMessage> SendAsync(string person, string path, string key, object body)
    {
        using var client = await ClientAsync(person);
        return await client.PostAsync(path, key, body);
    }

    /// <summary>Lets time pass; what falls due on the way has happened when this returns.</summary>
    public async Task PassAsync(string duration)
    {
        using var moved = await SendAsync("dispatcher", "/api/sample/clock", "pass-" + Guid.NewGuid(), new { advance = duration });
        await moved.SucceededAsync();
    }

    /// <summary>State, name of the wait, its owner and whether it is late.</summary>
    public static (string State, string? Wait, string? Owner, bool Late) Standing(JsonObject lead) => (
        lead["state"]!.GetValue<string>(), lead["wait"]?["name"]!.GetValue<string>(), lead["wait"]?["owner"]!.GetValue<string>(), lead["wait"]?["lateSince"] is not null);

    // A person of a town is no part of the sample: town.officer and town.assistant of the first town, other-town.officer of another.
    private Task<HttpClient> ClientAsync(string person) => person switch
    {
        "town.officer" => service.PersonAsync("inspector", "TOWN", Town),
        "town.assistant" => service.PersonAsync("assistant", "TOWN", Town),
        "other-town.officer" => service.PersonAsync("inspector", "TOWN", "330203002"),
        _ => service.SamplePersonAsync(person),
    };
}
