using Workflows.Supervision.Rectification;
using Workflows.Supervision.Time;

namespace Workflows.Host.Simulation.People;

/// <summary>The party: proves what it has put right, and asks for more time.</summary>
internal static class PartyPeople
{
    public static IEnumerable<(string Kind, StepRule Rule)> Rules =>
    [
        ("party.proof", new StepRule(ProofWhenAsync, ProofAsync)),
        ("party.extension", new StepRule(ExtensionWhenAsync, ExtensionAsync)),
    ];

    private static async ValueTask<DateTimeOffset?> ProofWhenAsync(StepContext step)
    {
        var earlier = (await step.AllAsync<RectificationProof>()).Count;
        var wanted = step.Story.Correction switch
        {
            CorrectionStory.ProofAccepted or CorrectionStory.OnTheSpot => true,
            CorrectionStory.PartialPass or CorrectionStory.OnTheSpotHalf or CorrectionStory.OnTheSpotNothing => earlier == 0,
            _ => false,
        };
        return wanted && (await OpenAsync(step)).Select(o => o.NextDue).Min() is { } due ? InTime(step, due, 1) : null;
    }

    private static async ValueTask<Handing?> ProofAsync(StepContext step)
    {
        // One proof speaks of one order: that with the earliest open item.
        var order = (await OpenAsync(step)).OrderBy(o => o.NextDue).ThenBy(o => o.Id, StringComparer.Ordinal).FirstOrDefault();
        int[] items = [.. order?.Items.Where(i => i.State is RectificationItemState.Open or RectificationItemState.Overdue).Select(i => i.Ordinal) ?? []];
        if (items.Length == 0)
        {
            return null;
        }

        var photo = VisitPeople.Upload(step, 1, "整改后照片");
        return Handing.Of("", new SubmitProof(order!.Id, items, "已按通知书要求完成整改，附照片。", [photo.Id]), step.People.Party(step.Task.TargetId!), [photo]);
    }

    private static async ValueTask<DateTimeOffset?> ExtensionWhenAsync(StepContext step)
    {
        var asked = (await step.AllAsync<ExtensionRequest>()).Count > 0;
        return step.Story.Extension != ExtensionStory.None && !asked && await ExtensibleAsync(step) is { } order
            ? InTime(step, order.Items.First(IsExtensible).Due!.Value, 2)
            : null;
    }

    private static async ValueTask<Handing?> ExtensionAsync(StepContext step)
    {
        if (await ExtensibleAsync(step) is not { } order)
        {
            return null;
        }

        var item = order.Items.First(IsExtensible);
        var length = Math.Max(1, item.Period!.Value.Length / 2);
        return Handing.Of("", new SubmitExtension(order.Id, [item.Ordinal], length, "所需设备正在采购，供货需要时间。"), step.People.Party(step.Task.TargetId!));
    }

    private static DateTimeOffset InTime(StepContext step, DateOnly due, int workingDaysBefore)
    {
        var last = step.Hours.Before(step.Hours.Calendar.AddWorkingDays(due, -workingDaysBefore), 60 + step.Chance.Next(240));
        var soon = step.Hours.After(step.Now, 30 + step.Chance.Next(120));
        return last > soon ? last : soon;
    }

    private static async ValueTask<IReadOnlyList<RectificationOrder>> OpenAsync(StepContext step) =>
        [.. (await step.AllAsync<RectificationOrder>()).Where(o => o.State == OrderState.Served && o.Items.Any(i => i.IsOpen))];

    private static async ValueTask<RectificationOrder?> ExtensibleAsync(StepContext step) =>
        (await OpenAsync(step)).FirstOrDefault(o => o.Items.Any(i => IsExtensible(i) && i.Due >= ShanghaiTime.DateOf(step.Now)));

    private static bool IsExtensible(RectificationItem item) => item is { IsOpen: true, Period: not null, Extended: false, Term: 1 };
}
