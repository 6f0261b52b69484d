using System.Diagnostics;
using System.Globalization;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Importing;
using Spectre.Console;

namespace FhirTrials.Server.Commands;

/// <summary>Tells a person how an import goes: a bar on a terminal, else a line now and then. Issues go to standard
/// error, one a line.</summary>
sealed class ImportProgress
{
    /// <summary>The most issues that wait for the bar's end.</summary>
    const int MaxKept = 10_000;

    static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(10);

    readonly Stopwatch _watch = Stopwatch.StartNew();
    readonly List<string> _kept = [];
    readonly bool _isTerminal = AnsiConsole.Profile.Capabilities.Interactive && AnsiConsole.Profile.Out.IsTerminal;
    ProgressTask? _bar;
    TimeSpan _lastLine;
    int _left;

    public ImportSummary Summary { get; } = new();

    /// <summary>How much there is to do, in the unit of its parts; 0 where that is not known.</summary>
    public double Total { get; set; }

    public TimeSpan Elapsed => _watch.Elapsed;

    double Done { get; set; }

    /// <summary>Shows progress while the work is done.</summary>
    public async Task Run(Func<Task> work)
    {
        if (_isTerminal)
        {
            await AnsiConsole.Progress().HideCompleted(true).StartAsync(progress =>
            {
                _bar = progress.AddTask("Importing");
                return work();
            });
            _kept.ForEach(Console.Error.WriteLine);
            if (_left > 0)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… and {_left} more"));
            }
        }
        else
        {
            await work();
        }

        Console.WriteLine(Summary.Line(Elapsed));
    }

    /// <summary>A record is done.</summary>
    /// <param name="part">How much of <see cref="Total"/> it was.</param>
    public void Tell(InputRecord record, Imported imported, double part)
    {
        Summary.Add(imported);
        Done += part;
        foreach (var issue in imported.Issues.Where(i => i.IsError || !imported.IsRefused))
        {
            Tell(IssueLine.Of(record.Name, issue));
        }

        if (_bar is not null)
        {
            _bar.IsIndeterminate = Total <= 0;
            _bar.MaxValue = Math.Max(Total, 1);
            _bar.Value = Math.Min(Done, _bar.MaxValue);
            _bar.Description = string.Create(CultureInfo.InvariantCulture, $"Importing: {Summary.Records} records");
        }
        else if (_watch.Elapsed - _lastLine > LineInterval)
        {
            _lastLine = _watch.Elapsed;
            var share = Total > 0 ? Math.Min(Done / Total, 1) : 0;
            var ofAll = Total > 0 ? string.Create(CultureInfo.InvariantCulture, $", {share:P0}") : "";
            var rate = Summary.Records / Elapsed.TotalSeconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{Summary.Records} records{ofAll}, {rate:0.0}/s"));
        }
    }

    /// <summary>Something to know, beside the records.</summary>
    public void Tell(string line)
    {
        if (!_isTerminal)
        {
            Console.Error.WriteLine(line);
        }
        else if (_kept.Count < MaxKept)
        {
            _kept.Add(line);
        }
        else
        {
            _left++;
        }
    }
}
