using FhirTrials.Benchmarks;

switch (args)
{
    case ["server", ..]:
        return await ServerBenchmark.Run(args[1..]);
    default:
        Console.WriteLine("""
            Benchmarks of FhirTrials. Build with -c Release.

              server [SECONDS]   start the server as a user does, then: cold start, memory, import, reads,
                                 searches and matches at 16 connections (SECONDS each, default 5)
            """);
        return args.Length == 0 ? 0 : 1;
}
