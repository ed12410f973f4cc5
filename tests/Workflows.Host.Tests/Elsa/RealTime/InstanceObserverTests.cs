using Microsoft.AspNetCore.SignalR;
using NSubstitute;
using Workflows.Host.Elsa.Executions;
using Workflows.Host.Elsa.RealTime;

namespace Workflows.Host.Tests.Elsa.RealTime;

public sealed class InstanceObserverTests
{
    [Fact]
    public async Task A_client_that_does_not_read_holds_one_news_for_each_instance_and_is_cut_off()
    {
        var client = Substitute.For<ISingleClientProxy>();
        client.SendCoreAsync(default!, default!, default).ReturnsForAnyArgs(new TaskCompletionSource().Task);
        var clock = new HandClock();
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var observer = new InstanceObserver(client, cut.SetResult, clock);
        for (var i = 0; i < 1000; i++)
        {
            observer.Offer("a", new NodeStatsList([]));
            observer.Offer("b", new NodeStatsList([]));
        }

        Assert.Single(client.ReceivedCalls());
        Assert.Equal(2, observer.Waiting);
        clock.Ring();
        await cut.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(0, observer.Waiting);
        observer.Offer("a", new NodeStatsList([]));
        Assert.Equal(0, observer.Waiting);
        Assert.Single(client.ReceivedCalls());
    }

    private sealed class HandClock : TimeProvider
    {
        private Action? _ring;

        public void Ring() => _ring!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _ring = () => callback(state);
            return Substitute.For<ITimer>();
        }
    }
}
