using Workflows.Host.Simulation.People;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Trials.History;

/// <summary>What the party and the officers really did about an order: proofs, applications and re-inspections, item by item.</summary>
internal static class RecordedRectification
{
    /// <summary>The proof of the same items.</summary>
    public static async ValueTask<Handing?> ProofAsync(StepContext step, CaseHistory history, WorkTask real)
    {
        if (history.BroughtBy<RectificationProof>(real) is not { } proof || await SameAsync(step, history, proof.OrderId, proof.Items) is not ({ } order, { Length: > 0 } items))
            return null;
        var photo = VisitPeople.Upload(step, 1, "整改后照片");
        return Handing.Of("", new SubmitProof(order.Id, items, "已完成整改。", [photo.Id]), step.People.Party(step.Task.TargetId!), [photo]);
    }

    /// <summary>The application for the same items and length.</summary>
    public static async ValueTask<Handing?> ExtensionAsync(StepContext step, CaseHistory history, WorkTask real) =>
        history.BroughtBy<ExtensionRequest>(real) is not { } request || await SameAsync(step, history, request.OrderId, request.Items) is not ({ } order, { Length: > 0 } items)
            ? null
            : Handing.Of("", new SubmitExtension(order.Id, items, request.Length, "需要更多时间。", null, request.ForceMajeure), step.People.Party(step.Task.TargetId!));

    /// <summary>The same opinion on each item that is open in the trial; an item that is due and had none counts as not put right.</summary>
    public static async ValueTask<Handing?> ReinspectionAsync(StepContext step, CaseHistory history, WorkTask real)
    {
        if (history.BroughtBy<Reinspection>(real) is not { } reinspection)
            return null;
        var realOrders = history.All<RectificationOrder>().ToDictionary(order => order.Id, StringComparer.Ordinal);
        var opinions = reinspection.Opinions.Where(opinion => realOrders.ContainsKey(opinion.OrderId)).Select(opinion =>
                (Key: KeyOf(realOrders[opinion.OrderId], realOrders[opinion.OrderId].Items.First(item => item.Ordinal == opinion.Ordinal), history.All<Finding>()), opinion.Opinion))
            .GroupBy(entry => entry.Key).ToDictionary(group => group.Key, group => group.First().Opinion);
        var findings = await step.AllAsync<Finding>();
        var orders = (await step.AllAsync<RectificationOrder>()).Where(order => order.State == OrderState.Served && order.Items.Any(item => item.IsOpen)).ToList();
        var today = ShanghaiTime.DateOf(step.Now);
        var given = orders.SelectMany(order => order.Items.Where(item => item.IsOpen)
            .Where(item => opinions.ContainsKey(KeyOf(order, item, findings)) || item.Due < today || item.State == RectificationItemState.ProofSubmitted)
            .Select(item => new OpinionOnItem(order.Id, item.Ordinal, "按当时的复查记录", opinions.GetValueOrDefault(KeyOf(order, item, findings), ItemOpinion.NotRectified), []))).ToList();
        if (given.Count == 0)
            return null;
        var signatures = new List<OfficerSignature>();
        foreach (var department in orders.Select(order => order.Department!).Distinct())
        {
            foreach (var id in await RectificationPeople.ServersAsync(step, department))
                signatures.Add(new OfficerSignature(id, step.People.Roster(id).Name, step.People.Roster(id).CertificateNumber!, step.Now));
        }

        var actor = step.People.Officer((await RectificationPeople.ServersAsync(step, step.Task.Department!))[0]);
        return Handing.Of("", new RecordReinspection(step.Task.CaseId!, reinspection.Method, signatures, given, "无异议", reinspection.HomeEntry ?? VisitPeople.Consent(step)), actor);
    }

    private static async ValueTask<(RectificationOrder? Order, int[] Items)> SameAsync(StepContext step, CaseHistory history, string realOrder, IReadOnlyList<int> realItems)
    {
        if (history.All<RectificationOrder>().FirstOrDefault(order => order.Id == realOrder) is not { } real)
            return (null, []);
        var wanted = real.Items.Where(item => realItems.Contains(item.Ordinal)).Select(item => KeyOf(real, item, history.All<Finding>())).ToHashSet();
        var findings = await step.AllAsync<Finding>();
        var order = (await step.AllAsync<RectificationOrder>()).LastOrDefault(candidate =>
            candidate.State == OrderState.Served && candidate.Items.Any(item => item.IsOpen && wanted.Contains(KeyOf(candidate, item, findings))));
        return (order, order is null ? [] : [.. order.Items.Where(item => item.IsOpen && wanted.Contains(KeyOf(order, item, findings))).Select(item => item.Ordinal)]);
    }

    private static (string? Department, string Item, string? Variant) KeyOf(RectificationOrder order, RectificationItem item, IReadOnlyList<Finding> findings) =>
        (order.Department, item.ItemCode, findings.FirstOrDefault(finding => finding.Id == item.FindingId)?.VariantCode);
}
