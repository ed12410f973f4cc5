using Workflows.Engine.Execution;
using Workflows.Supervision.Rectification;

namespace Workflows.Activities.Work;

/// <summary>Which department a diagram means.</summary>
internal static class Responsible
{
    /// <summary>The department whose order has open items; the lead where several or none have.</summary>
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

        var open = (await CaseRecords.AllAsync<RectificationOrder>(context)).Where(o => o.State == OrderState.Served && o.Items.Any(i => i.IsOpen)).Select(o => o.Department!).Distinct().ToList();
        return open.Contains(lead) || open.Count == 0 ? lead : open[0];
    }
}
