using System.Text.Json;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Retention;

/// <summary>What is erased when its time has come.</summary>
public enum RetainedData
{
    /// <summary>身份证号、联系电话 of a natural person in a case that has ended.</summary>
    PartyIdentity,

    /// <summary>Who reported a lead that has ended.</summary>
    Reporter,

    /// <summary>未成年人信息: facts and evidence about a minor in a case that has ended.</summary>
    Minors,

    /// <summary>线索内容: text and photos of a lead that has ended, who was met on the spot, and the target that was made for it (临时对象).</summary>
    LeadContent,

    /// <summary>线索证据: evidence from the spot of a lead that ended without a case. That of a lead with a case belongs to the story of the case and stays.</summary>
    LeadEvidence,

    /// <summary>项目当事人: owner and telephone of a project that has ended, and who consented that a home was entered.</summary>
    ProjectPeople,

    /// <summary>未完成的检查笔录: sections of a visit that never became a record, since it was refused or nobody was found.</summary>
    VisitDrafts,

    /// <summary>站内消息: messages in the lists of accounts, by the time at which they came.</summary>
    Messages,

    /// <summary>发送记录: texts that were delivered to the outside, by the time of delivery.</summary>
    Deliveries,

    /// <summary>打印文件: PDFs, by the time at which they were made; asked for again they are made again.</summary>
    Papers,
}

/// <summary>保存期限 of a kind of data.</summary>
/// <param name="Data">What it is.</param>
/// <param name="Months">How long it is kept after the end of its matter, 1 to 1200 months.</param>
/// <param name="Basis">On what ground.</param>
public sealed record RetentionRule(RetainedData Data, int Months, string Basis);

/// <summary>保存期限表: periods by kind of data, as a file.</summary>
/// <param name="Rules">The rules; what has none is kept.</param>
public sealed record RetentionSchedule(IReadOnlyList<RetentionRule> Rules)
{
    /// <summary>Reads a schedule.</summary>
    /// <exception cref="InvalidDataException">It is no schedule; the place is named.</exception>
    public static RetentionSchedule Read(string json)
    {
        var schedule = JsonSerializer.Deserialize<RetentionSchedule>(json, SupervisionJson.Options) ?? throw new InvalidDataException("保存期限表是空的。");
        return schedule.Rules.Index().Where(rule => rule.Item.Months is < 1 or > 1200).Select(rule => (int?)rule.Index).FirstOrDefault() is { } wrong
            ? throw new InvalidDataException($"保存期限表 rules[{wrong}].months 应为1至1200。")
            : schedule;
    }

    /// <summary>The last instant at which a matter must have ended for its data to be due at a time, or null where the data is kept.</summary>
    public DateTimeOffset? EndedBefore(RetainedData data, DateTimeOffset now) => Rules.FirstOrDefault(rule => rule.Data == data) is { } rule ? now.AddMonths(-rule.Months) : null;
}
