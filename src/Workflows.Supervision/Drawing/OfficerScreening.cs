namespace Workflows.Supervision.Drawing;

/// <summary>Finds every ground that keeps an officer from a target on a day.</summary>
internal static class OfficerScreening
{
    public static IEnumerable<Exclusion> Grounds(DrawOfficer officer, TeamTarget target, DepartmentNeed need, DateOnly visit, int addedLoad)
    {
        if (string.IsNullOrWhiteSpace(officer.CertificateNumber) || officer.CertificateValidTo is null)
        {
            yield return new Exclusion(officer.Id, ExclusionCode.NoCertificate, "没有执法证件", "执法人员名录");
        }
        else if (officer.CertificateValidTo < visit)
        {
            yield return new Exclusion(
                officer.Id, ExclusionCode.NoCertificate, $"执法证件有效期至 {officer.CertificateValidTo:yyyy-MM-dd}，检查日已过期", officer.CertificateNumber);
        }

        if (officer.Suspended)
        {
            yield return new Exclusion(officer.Id, ExclusionCode.Suspended, "已停止执行职务", "执法人员名录");
        }

        if (officer.OnLeave)
        {
            yield return new Exclusion(officer.Id, ExclusionCode.Leave, "检查日休假", "执法人员名录");
        }

        if (officer.Conflicts.Contains(target.Id))
        {
            yield return new Exclusion(officer.Id, ExclusionCode.Conflict, "与检查对象有利害关系，应当回避", "回避申报");
        }

        if (need.Field is { } field && !officer.Fields.Contains(field))
        {
            yield return new Exclusion(officer.Id, ExclusionCode.Field, $"不具备“{field}”领域能力", "执法人员名录");
        }

        if (officer.Load + addedLoad >= officer.LargestLoad)
        {
            yield return new Exclusion(officer.Id, ExclusionCode.Load, $"在办任务已达上限 {officer.LargestLoad}", "任务清单");
        }

        if (officer.LastVisited.Contains(target.Id))
        {
            yield return new Exclusion(officer.Id, ExclusionCode.LastTime, "上次检查过该对象", "检查记录");
        }

        if (target.Town is not null && officer.Town is not null && officer.Town != target.Town)
        {
            yield return new Exclusion(officer.Id, ExclusionCode.OtherTown, "服务于其他镇街", "执法人员名录");
        }
    }
}
