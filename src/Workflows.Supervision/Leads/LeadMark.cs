using System.Globalization;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Leads;

/// <summary>What the device of whoever did a step says of time and place, as it said it.</summary>
/// <param name="At">When the step was done by the device's clock.</param>
/// <param name="SentAt">When the device sent it, by the same clock; null where it does not say. A step that was done without a network is sent later.</param>
/// <param name="Latitude">Degrees north, WGS 84, 3–54; null where the device knew no place.</param>
/// <param name="Longitude">Degrees east, WGS 84, 73–136.</param>
/// <param name="Accuracy">Radius in metres within which the place lies, 0–100,000, as the device says; null where it does not.</param>
public sealed record DeviceReading(DateTimeOffset At, DateTimeOffset? SentAt = null, double? Latitude = null, double? Longitude = null, double? Accuracy = null)
{
    /// <summary>Largest difference between the clocks of device and service that is not noted: phones run a little ahead.</summary>
    public static readonly TimeSpan ClockBound = TimeSpan.FromMinutes(2);

    /// <summary>How far from the lead's place, in metres beyond the accuracy, a step may be done without a note.</summary>
    public const double FarMetres = 1000;

    private const double LargestAccuracy = 100_000;

    /// <summary>What is wrong with it, or null.</summary>
    /// <param name="field">Where it stands in what was sent, such as <c>data.device</c>.</param>
    internal RuleViolationException? Problem(string field)
    {
        if (Latitude is null != Longitude is null || Latitude is { } north && !(north is >= 3 and <= 54) || Longitude is { } east && !(east is >= 73 and <= 136))
        {
            return Refusal.Invalid("coordinates-invalid", $"{field}.latitude", "设备经纬度应同时填写（WGS‑84）：纬度3至54，经度73至136；没有定位的都不填。");
        }

        if (Accuracy is { } metres && !(metres is >= 0 and <= LargestAccuracy))
        {
            return Refusal.Invalid("accuracy-invalid", $"{field}.accuracy", "定位精度应为0至100000米；设备没有给出的不填。");
        }

        // A clock that is years off is still told; only what no clock can show is refused.
        return At.Year is < 1970 or > 2199 || SentAt is { Year: < 1970 or > 2199 }
            ? Refusal.Invalid("device-time-invalid", $"{field}.at", "设备时间应在1970至2199年之间，并带时区偏移。")
            : null;
    }

    /// <summary>The device's clock minus the service's when it was received.</summary>
    internal TimeSpan ClockOff(DateTimeOffset received) => (SentAt ?? At) - received;
}

/// <summary>A step that somebody did about a lead: the service's time counts, and what the device said stands beside it unchanged.</summary>
/// <param name="Step">Title of the step.</param>
/// <param name="Measure">What it is measured by; null for any other step.</param>
/// <param name="Outcome">Outcome that was chosen.</param>
/// <param name="By">Who did it.</param>
/// <param name="Name">Name as people read it.</param>
/// <param name="At">When the service received it, UTC.</param>
/// <param name="Device">What the device said, or null.</param>
/// <param name="ClockSeconds">Device's clock minus the service's, in whole seconds; null without a device.</param>
/// <param name="MetresAway">Distance from the place of the lead in metres; null where one of them is not known.</param>
public sealed record LeadMark(
    string Step, ResponseMeasure? Measure, string Outcome, string By, string Name, DateTimeOffset At, DeviceReading? Device = null, long? ClockSeconds = null, double? MetresAway = null);

/// <summary>Notes on a lead who did a step where and when.</summary>
internal static class LeadMarks
{
    // As many as a lead has steps in any diagram; further ones push out the oldest.
    private const int Most = 60;

    /// <summary>The lead with a mark of a step. A difference of the clocks or a place far away is a step of its history, and corrects nothing.</summary>
    /// <exception cref="RuleViolationException"><c>coordinates-invalid</c>, <c>accuracy-invalid</c>, <c>device-time-invalid</c>.</exception>
    public static Lead Marked(this ISupervisionSession session, Lead lead, string step, ResponseMeasure? measure, string outcome, DeviceReading? device)
    {
        if (device?.Problem("data.device") is { } problem)
        {
            throw problem;
        }

        var off = device?.ClockOff(session.Now);
        var away = device is { Latitude: not null } ? lead.Place.MetresTo(new LeadPlace(lead.Place.Area, Latitude: device.Latitude, Longitude: device.Longitude)) : null;
        var mark = new LeadMark(
            step, measure, outcome, session.Actor.Id, session.Actor.Name, session.Now, device, off is { } seconds ? (long)Math.Round(seconds.TotalSeconds) : null, away is { } metres ? Math.Round(metres) : null);
        var marked = lead with { Marks = [.. lead.Marks.TakeLast(Most - 1), mark] };
        if (off is { } difference && difference.Duration() > DeviceReading.ClockBound)
        {
            marked = session.Noted(marked, "设备时间", $"{step}：设备时间{Words(device!.At)}，{(device.SentAt is { } sent ? $"发送时间{Words(sent)}，" : "")}设备时钟比服务时间{(difference > TimeSpan.Zero ? "快" : "慢")}{Words(difference.Duration())}；以服务时间{Words(session.Now)}计时，两者均留存");
        }
        else if (device?.SentAt is { } late && late - device.At > DeviceReading.ClockBound)
        {
            marked = session.Noted(marked, "设备时间", $"{step}：设备记录{Words(device.At)}办理，无网络，{Words(late)}补传；以服务时间计时，两者均留存");
        }

        return away is { } far && far > DeviceReading.FarMetres + (device!.Accuracy ?? 0)
            ? session.Noted(marked, "设备位置", string.Create(CultureInfo.InvariantCulture, $"{step}：定位距线索地点{far / 1000:0.0}公里{(device.Accuracy is { } radius ? $"（精度{radius:0}米）" : "")}"))
            : marked;
    }

    private static string Words(DateTimeOffset at) => at.ToOffset(ShanghaiTime.Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Words(TimeSpan length) => length.TotalDays >= 1 ? $"{(long)length.TotalDays}天{length.Hours}小时" : length.TotalHours >= 1 ? $"{length.Hours}小时{length.Minutes}分" : $"{length.Minutes}分{length.Seconds}秒";
}
