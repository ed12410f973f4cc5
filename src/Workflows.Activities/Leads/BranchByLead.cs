using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;
using Workflows.Engine.Execution;
using Workflows.Supervision.Leads;
using TriggerKind = Workflows.Supervision.Inspections.TriggerKind;

namespace Workflows.Activities.Leads;

/// <summary>线索分流: another way for leads of some matters, triggers or zones, without a script.</summary>
[Activity("Supervision", SupervisionCategory.Leads, "按事项、来源或者区域分流；填写了的各项都符合时走“是”。", DisplayName = "线索分流")]
[FlowNode(YesPort, NoPort)]
public sealed class BranchByLead : Activity, IDefinitionCheck
{
    /// <summary>Port: all that is given holds.</summary>
    public const string YesPort = "是";

    /// <summary>Port: it does not.</summary>
    public const string NoPort = "否";

    /// <summary>Matters.</summary>
    [Input(DisplayName = "事项", Description = "事项编码，每个一项；不填为任何事项。", UIHint = "multitext", Order = 1)]
    public Input<string[]>? Matters { get; set; }

    /// <summary>Triggers.</summary>
    [Input(DisplayName = "来源", Description = "线索来源，例如 SensorAlarm、VideoAI、DronePatrol、Complaint12345；不填为任何来源。", UIHint = "multitext", Order = 2)]
    public Input<string[]>? Triggers { get; set; }

    /// <summary>Zones.</summary>
    [Input(DisplayName = "区域", Description = "场景 zones 中的区域，例如 一级保护区；不填为任何区域。", UIHint = "multitext", Order = 3)]
    public Input<string[]>? Zones { get; set; }

    /// <summary>Items that the last patrol or the team on the spot found.</summary>
    [Input(DisplayName = "发现事项", Description = "最近一次巡查或者现场处理发现的检查事项编码，每个一项，有其一即可；不填为任何事项。", UIHint = "multitext", Order = 4)]
    public Input<string[]>? Found { get; set; }

    /// <summary>Milestone whose patrol counts.</summary>
    [Input(DisplayName = "节点", Description = "“发现事项”看哪个节点的最近一次巡查，例如 M1；不填为全部节点的最近一次。", Order = 5)]
    public Input<string>? Milestone { get; set; }

    /// <inheritdoc/>
    public void Check(DefinitionCheckContext context)
    {
        if (context.TryGetFixed(Triggers, out var triggers))
        {
            for (var i = 0; i < triggers.Length; i++)
            {
                if (!Enum.GetNames<TriggerKind>().Contains(triggers[i], StringComparer.Ordinal))
                {
                    context.Report($"triggers[{i}]", ValidationCodes.InvalidValue, $"没有来源“{(triggers[i] is { Length: > 40 } text ? text[..40] + "…" : triggers[i])}”，可用的有：{string.Join("、", Enum.GetNames<TriggerKind>())}。");
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var lead = await context.LeadAsync();
        var holds = Holds(context.Get(Matters), lead.MatterCode) && Holds(context.Get(Triggers), lead.Trigger.ToString()) && Holds(context.Get(Zones), lead.Zone) && HasFound(context.Get(Found), context.Get(Milestone), lead);
        await context.CompleteActivityWithOutcomesAsync(holds ? YesPort : NoPort);
    }

    private static bool HasFound(string[]? given, string? milestone, Lead lead) =>
        given is not { Length: > 0 } || (lead.Patrols.LastOrDefault(p => string.IsNullOrEmpty(milestone) || p.Milestone == milestone) is { } last ? last.Found : lead.Settlement?.ItemCode is { } code ? [code] : []).Any(code => given.Contains(code, StringComparer.Ordinal));

    private static bool Holds(string[]? given, string? value) => given is not { Length: > 0 } || given.Contains(value, StringComparer.Ordinal);
}
