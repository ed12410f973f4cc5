using System.CommandLine;
using Workflows.Supervision;
using Workflows.Supervision.Time;

namespace Workflows.Host.CommandLine;

/// <summary><c>calendar add --from DATE --length N --unit U</c>: the last day of a legal period, and how it was counted.</summary>
/// <param name="environment">Gives the value of an environment variable or null.</param>
internal sealed class CalendarVerb(Func<string, string?> environment) : IVerb
{
    /// <inheritdoc/>
    public Command Create(TextWriter output, TextWriter error)
    {
        var from = CommandDate.Option("--from", "起算事由发生之日，当日不计入");
        var length = new Option<int>("--length") { Description = "期限长度", Required = true };
        var unit = new Option<string>("--unit") { Description = "working-days、calendar-days 或 months", Required = true };
        var add = new Command("add", "计算期限的最后一日，并说明如何计算") { from, length, unit };
        add.SetAction(parsed => Add(CommandDate.Read(parsed, from), parsed.GetRequiredValue(length), parsed.GetRequiredValue(unit), output));
        return new Command("calendar", "法定期限") { add };
    }

    private int Add(DateOnly from, int length, string unitCode, TextWriter output)
    {
        if (!LegalPeriod.TryParseUnit(unitCode, out var unit))
        {
            throw new BadInputException($"--unit：不认识“{unitCode}”，请写 working-days、calendar-days 或 months。");
        }

        try
        {
            var calendar = HomeFolder.ReadCalendar(HomeFolder.Find(environment), from);
            var deadline = LegalDeadline.Compute(from, new LegalPeriod(length, unit), calendar);
            output.WriteLine($"{deadline.Due:yyyy-MM-dd}{(deadline.Provisional ? " provisional" : "")}");
            output.WriteLine(deadline.Arithmetic.Explanation);
            return 0;
        }
        catch (DomainRuleException e)
        {
            throw new BadInputException(e.Message);
        }
    }
}
