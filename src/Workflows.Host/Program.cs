using Workflows.Host.CommandLine;

return await WorkflowsCommand.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
