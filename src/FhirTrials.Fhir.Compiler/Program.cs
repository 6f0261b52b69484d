using FhirTrials.Fhir.Compiler;

if (args is not [var package, var target])
{
    Console.Error.WriteLine("Usage: FhirTrials.Fhir.Compiler PACKAGE_FOLDER OUT_FILE");
    return 2;
}

if (!Directory.Exists(package))
{
    Console.Error.WriteLine($"There is no folder {package}.");
    return 1;
}

var facts = PackageCompiler.Compile(package);
File.WriteAllBytes(target, facts);
Console.WriteLine($"{target}: {facts.Length:N0} bytes");
return 0;
