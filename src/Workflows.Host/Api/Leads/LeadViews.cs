using System.Text.Json.Serialization;
using Workflows.Supervision.Leads;

namespace Workflows.Host.Api.Leads;

/// <summary>Views of the dispatcher's inbox.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LeadView>))]
internal enum LeadView
{
    /// <summary>待处理: the dispatcher has to do something.</summary>
    Inbox,

    /// <summary>在办: not at its end.</summary>
    Open,

    /// <summary>超时: what it waits for is late.</summary>
    Late,

    /// <summary>疑似重复: open, with others that are probably the same.</summary>
    Linked,

    /// <summary>已结: closed or merged.</summary>
    Closed,
}

/// <summary>Which leads a view holds; the same in the list and in its workbook.</summary>
internal static class LeadViews
{
    /// <summary>Whether a lead is in a view; all are in none.</summary>
    public static bool Holds(Lead lead, LeadView? view, DateTimeOffset now)
    {
        var ended = lead.State is LeadState.Closed or LeadState.Merged;
        return view switch
        {
            LeadView.Inbox => lead.State is LeadState.Received or LeadState.Triaged or LeadState.Returned,
            LeadView.Open => !ended,
            LeadView.Late => !ended && lead.Wait?.DueAt <= now,
            LeadView.Linked => !ended && lead.Links.Count > 0,
            LeadView.Closed => ended,
            _ => true,
        };
    }
}
