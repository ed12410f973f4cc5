using System.Text;

namespace Workflows.Supervision.Audit;

/// <summary>Reads lines of a hostile file without ever holding more than a bound.</summary>
internal static class BoundedLine
{
    public enum Outcome
    {
        End,
        Line,
        TooLong,
    }

    public static Outcome Read(TextReader reader, int longest, out string line)
    {
        var text = new StringBuilder();
        var outcome = Outcome.End;
        for (int next; (next = reader.Read()) >= 0;)
        {
            if (outcome == Outcome.End)
            {
                outcome = Outcome.Line;
            }

            if (next == '\n')
            {
                break;
            }

            if (text.Length >= longest)
            {
                outcome = Outcome.TooLong;
                continue;
            }

            text.Append((char)next);
        }

        line = text.ToString();
        return outcome;
    }
}
