namespace Workflows.Host.Simulation.People;

/// <summary>Deals stories one after the other; a deck that is used up is shuffled anew.</summary>
/// <param name="stories">The deck.</param>
/// <param name="seed">Seed of the simulation.</param>
/// <param name="name">Name of the deck; each has its own chance.</param>
internal sealed class Dealer<T>(IReadOnlyList<T> stories, long seed, string name)
{
    private readonly List<T> _order = [];

    /// <summary>How many were dealt.</summary>
    public int Dealt { get; private set; }

    /// <summary>The next story.</summary>
    public T Next()
    {
        while (_order.Count <= Dealt)
        {
            _order.AddRange(new Chance(seed, $"{name}|{_order.Count}").Shuffle(stories));
        }

        return _order[Dealt++];
    }

    /// <summary>The next story of a kind, brought forward: the story whose turn it was takes its place, so that none is lost. The next at all where the deck has none.</summary>
    /// <param name="wanted">Which stories will do.</param>
    public T Next(Func<T, bool> wanted)
    {
        if (!stories.Any(wanted))
        {
            return Next();
        }

        var at = Dealt;
        while (true)
        {
            while (_order.Count <= at)
            {
                _order.AddRange(new Chance(seed, $"{name}|{_order.Count}").Shuffle(stories));
            }

            if (wanted(_order[at]))
            {
                (_order[Dealt], _order[at]) = (_order[at], _order[Dealt]);
                return _order[Dealt++];
            }

            at++;
        }
    }
}
