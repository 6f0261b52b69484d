using System.Globalization;
using FhirTrials.Benchmarks;

switch (args)
{
    case ["server", ..]:
        return await ServerBenchmark.Run(args[1..]);
    case ["search", ..]:
        return await SearchBenchmark.Run(args[1..]);
    case ["export", ..]:
        return await ExportBenchmark.Run(args[1..]);
    case ["find", _, ..]:
        return await FindBenchmark.Run(args[1..]);
    case ["soak", ..]:
        return await SoakBenchmark.Run(args[1..]);
    case ["core", ..]:
        return CoreBenchmark.Run(args[1..]);
    case ["match", "server", var size]:
        return await MatchServerBenchmark.Run(int.Parse(size, CultureInfo.InvariantCulture));
    case ["match", "patients", var count]:
        return await CohortBenchmark.Run(int.Parse(count, CultureInfo.InvariantCulture));
    case ["match", ..]:
        return MatchBenchmark.Run(args[1..]);
    case ["criteria", ..]:
        return CriteriaBenchmark.Run(args[1..]);
    case ["score", ..]:
        return ScoreCommand.Run(args[1..]);
    case ["import", ..]:
        return await ImportBenchmark.Run(args[1..]);
    case ["generate", _, _, ..]:
        return GenerateCommand.Run(args[1..]);
    case [CoreStart.Command]:
        return CoreStart.Report();
    default:
        Console.WriteLine("""
            Benchmarks of FhirTrials. Build with -c Release.

              server [SECONDS [reads|writes]]
                                 start the server as a user does, then: cold start, memory, import; reads, searches,
                                 matches; creates and transactions at 1 and 16 connections (SECONDS each, default 5), a
                                 crawl; and npm's @medplum/fhir-router under the same load
              search [SECONDS [THOUSANDS…] [FOLDER]]
                                 generated databases of 89 and 890 thousand observations, or of the sizes given, with
                                 patients and studies: searches at 16 connections, and a crawl of all observations; the
                                 databases are kept in the folder, and taken from there where they are
              soak [MINUTES]     one server under transactions and searches for 20 minutes: its memory by the minute
              export [THOUSANDS|FOLDER]
                                 such a database of one size (89): $export of everything, of some elements, of patients;
                                 or a folder that "find" has filled: of everything, of studies alone
              find N [FOLDER]    searches of trial finders among N generated studies, one at a time; the database is
                                 kept in the folder, and taken from there where one is
              core [SECONDS]     one thread: JSON, FHIRPath and validation over HL7's examples, against the npm packages
                                 of tests/conformance (SECONDS each, default 5), and the core's start
              match [SIZE…]      the index of so many generated studies (100, 1000, 10000) in memory: its size, and
                                 ranking them for one patient after another
              match server SIZE  $match over HTTP at one connection on a store of so many generated studies
              match patients COUNT  one study against so many stored patients
              criteria [SECONDS] the criteria parser on one thread over the Chia corpus
              score [KIND]       the criteria parser against the Chia corpus in ../shared/data; with a kind (such as
                                 "window" or "CONFIDENT") the errors of that kind in the development part
              import [N [stages]]
                                 N generated studies (default 10,000): what each stage of their import costs, the import
                                 command, the same unchanged, and one that goes on after it was killed
              generate N FILE [SEED]
                                 N made-up registry records, one a line; the same seed gives the same bytes
            """);
        return args.Length == 0 ? 0 : 1;
}
