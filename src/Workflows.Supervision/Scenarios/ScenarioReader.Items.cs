using System.Text.Json;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Scenarios;

/// <content>Items and their variants.</content>
public static partial class ScenarioReader
{
    private static ScenarioItem Item(JsonNodeReader r)
    {
        var item = new ScenarioItem
        {
            Code = r.Text("code", 20),
            Title = r.Text("title", 200),
            Group = r.OptionalText("group", 40),
            SupervisingDepartment = r.Text("department", 20),
            PenaltyDepartment = r.Text("penaltyDepartment", 20),
            JointDepartments = r.Texts("jointDepartments"),
            Methods = r.List("methods", true, r.Parse<CheckMethod>, 10),
            Severity = r.Choice<Severity>("severity"),
            Guidance = r.OptionalText("guidance"),
            FindingWording = r.Text("finding"),
            PenaltyClause = r.Choice<PenaltyClause>("penaltyKind"),
            Violates = r.Texts("violates", required: true),
            Orders = r.Texts("orders"),
            Penalises = r.Texts("penalises"),
            Rectification = r.Object("rectification", true, ItemRectification) ?? Unread,
            Correction = r.Text("correction"),
            Proof = r.Text("proof"),
            StopMeasure = r.Object("stopMeasure", false, StopMeasure),
            SecondTerm = r.Flag("secondTerm"),
            Leniency = r.Object("leniency", false, ItemLeniency)?.Value,
            SealedRecord = r.Flag("sealedRecord"),
            MinorsInvolved = r.Flag("minorsInvolved"),
            Urgent = r.Flag("urgent"),
            OccupiedRooms = r.Flag("occupiedRooms"),
            InsideHome = r.Flag("insideHome"),
            TargetTags = r.Texts("targetTags"),
            Zones = r.Texts("zones"),
            Wording = r.Object("resultWording", false, w => new AnswerWording(w.Text("pass", 20), w.Text("fail", 20), w.Text("notApplicable", 20), w.Text("notChecked", 20))),
            AskedWhen = r.Object("askedWhen", false, w => new AskedWhen(w.Text("item", 20), w.List("answers", true, w.Parse<ItemAnswer>, 4))),
        };
        item = WithOnSpot(item, r);
        return item with { Variants = r.List("variants", false, (e, p) => r.Nested(e, p, v => Variant(v, item)), 20) };
    }

    private static ScenarioItem Variant(JsonNodeReader r, ScenarioItem item)
    {
        var variant = item with
        {
            VariantCode = r.Text("code", 40),
            VariantTags = r.Texts("targetTags"),
            Zones = r.Texts("zones"),
            Title = r.Text("title", 200),
            Severity = r.Has("severity") ? r.Choice<Severity>("severity") : item.Severity,
            PenaltyClause = r.Has("penaltyKind") ? r.Choice<PenaltyClause>("penaltyKind") : item.PenaltyClause,
            Violates = r.Has("violates") ? r.Texts("violates", required: true) : item.Violates,
            Orders = r.Has("orders") ? r.Texts("orders") : item.Orders,
            Penalises = r.Has("penalises") ? r.Texts("penalises") : item.Penalises,
            Rectification = r.Object("rectification", false, ItemRectification) ?? item.Rectification,
            FindingWording = r.OptionalText("finding") ?? item.FindingWording,
            Correction = r.OptionalText("correction") ?? item.Correction,
            Proof = r.OptionalText("proof") ?? item.Proof,
            SecondTerm = r.Has("secondTerm") ? r.Flag("secondTerm") : item.SecondTerm,
            StopMeasure = r.Object("stopMeasure", false, StopMeasure) ?? item.StopMeasure,

            // A variant is graver than its item: leniency must be stated anew.
            Leniency = r.Object("leniency", false, ItemLeniency)?.Value,
        };
        return WithOnSpot(variant, r);
    }

    private static ScenarioItem WithOnSpot(ScenarioItem item, JsonNodeReader r) =>
        r.Object("onSpot", item.VariantCode is null, o => Tuple.Create(o.Choice<OnSpotPossibility>("possible"), o.OptionalText("action", 200))) is { } onSpot
            ? item with { OnSpot = onSpot.Item1, OnSpotAction = onSpot.Item2 }
            : item;

    private static ItemRectification Unread { get; } = new(RectificationMode.Immediate, null, null, null, false);

    private static ItemRectification ItemRectification(JsonNodeReader r)
    {
        var mode = r.Choice<RectificationMode>("mode");
        var caseAtOnce = r.Flag("caseAtOnce");
        if (mode != RectificationMode.TimeLimited)
        {
            return new ItemRectification(mode, null, null, null, caseAtOnce);
        }

        var (usual, min, max) = (r.Period("default"), r.Period("min"), r.Period("max"));
        if (usual.Unit != min.Unit || usual.Unit != max.Unit || min.Length > usual.Length || usual.Length > max.Length)
        {
            r.ReportAt("default", $"应与 min、max 单位相同，且 min ≤ default ≤ max，现为 {min}、{usual}、{max}");
        }

        return new ItemRectification(mode, usual, min, max, caseAtOnce);
    }

    private static ItemStopMeasure StopMeasure(JsonNodeReader r) =>
        new(r.Text("kind", 60), r.Texts("bases", required: true), r.Text("condition", 500), r.Texts("resume"));

    private static Optional<ItemLeniency> ItemLeniency(JsonNodeReader r)
    {
        var (first, minor, matter) = (r.Flag("firstOffence"), r.Flag("minorOffence"), r.OptionalText("matter", 200));
        var bases = r.Texts("bases");
        if ((first || minor) && matter is null)
        {
            r.ReportAt("matter", "准许首违不罚或者轻微不罚的，须写明清单事项");
        }

        return new Optional<ItemLeniency>(first || minor ? new ItemLeniency(first, minor, matter ?? "", bases) : null);
    }

    private sealed record Optional<T>(T? Value)
        where T : class;
}
