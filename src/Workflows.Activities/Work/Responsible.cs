using Workflows.Engine.Execution;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Time;

namespace Workflows.Activities.Work;

/// <summary>Which department a diagram means.</summary>
internal static class Responsible
{
    /// <summary>The department whose order has items that are due, else open items; the lead where it is one of them or there is none.</summary>
    public const string Rectifying = "rectifying";

    /// <summary>The code that an input names: itself, the lead where it is empty, or the department behind <see cref="Rectifying"/>.</summary>
    public static async ValueTask<string> ResolveAsync(ActivityExecutionContext context, string? word, string lead)
    {
        if (string.IsNullOrEmpty(word))
        {
            return lead;
        }

        if (word != Rectifying)
        {
            return word;
        }

        var today = ShanghaiTime.DateOf(context.Session().Now);
        var open = (await CaseRecords.AllAsync<RectificationOrder>(context)).Where(o => o.State == OrderState.Served && o.Items.Any(i => i.IsOpen)).ToList();
        // An organ whose items still have time has nothing to look at yet, and must not be reminded or carded for another's.
        var due = open.Where(o => o.Items.Any(i => i.IsOpen && (i.State is RectificationItemState.Overdue or RectificationItemState.ProofSubmitted || i.Due < today))).ToList();
        var units = (due.Count > 0 ? due : open).Select(o => o.Department!).Distinct().ToList();
        return units.Contains(lead) || units.Count == 0 ? lead : units[0];
    }
}
