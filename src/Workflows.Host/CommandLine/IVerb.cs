using System.CommandLine;

namespace Workflows.Host.CommandLine;

/// <summary>
/// One verb of the command line, such as <c>render</c> or <c>draw verify</c>. A verb is one file here that builds its
/// <see cref="Command"/> (arguments, options, subcommands and the action that returns the exit code) and one line in <see cref="Verbs"/>.
/// Bad input is told by throwing <see cref="BadInputException"/>: the command line prints its one line and exits with 2.
/// </summary>
internal interface IVerb
{
    /// <summary>Builds the command with its action. Nothing is opened or read before the action runs.</summary>
    /// <param name="output">Where results go; verbs write nothing to the console directly, so that tests can read them.</param>
    /// <param name="error">Where complaints and progress go.</param>
    Command Create(TextWriter output, TextWriter error);
}
