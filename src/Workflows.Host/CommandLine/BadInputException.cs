namespace Workflows.Host.CommandLine;

/// <summary>What the user typed or handed over cannot be used. The command line prints the message as one line and exits with 2.</summary>
/// <param name="message">Field or file, what is wrong with it, and the remedy.</param>
internal sealed class BadInputException(string message) : Exception(message);
