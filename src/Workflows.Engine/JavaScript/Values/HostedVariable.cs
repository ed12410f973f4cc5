namespace Workflows.Engine.JavaScript.Values;

/// <summary>A workflow variable as one evaluation sees it: converted once, and marked when a part of it is changed in place.</summary>
internal sealed class HostedVariable(string name)
{
    public string Name { get; } = name;

    public JsValue Value { get; set; }

    public bool Changed { get; private set; }

    public void MarkChanged() => Changed = true;
}
