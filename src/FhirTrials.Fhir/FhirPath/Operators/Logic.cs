namespace FhirTrials.Fhir.FhirPath.Operators;

/// <summary>Three-valued logic; the right side is evaluated only where the left leaves it open —
/// https://hl7.org/fhirpath/N1/#boolean-logic</summary>
static class Logic
{
    public static bool? And(Scope scope, Evaluation left, Evaluation right)
    {
        var l = Singleton.Boolean(left(scope));
        return l == false ? false : l & Singleton.Boolean(right(scope));
    }

    public static bool? Or(Scope scope, Evaluation left, Evaluation right)
    {
        var l = Singleton.Boolean(left(scope));
        return l == true ? true : l | Singleton.Boolean(right(scope));
    }

    public static bool? Xor(Scope scope, Evaluation left, Evaluation right) =>
        Singleton.Boolean(left(scope)) ^ Singleton.Boolean(right(scope));

    public static bool? Implies(Scope scope, Evaluation left, Evaluation right)
    {
        var l = Singleton.Boolean(left(scope));
        return l == false ? true : !l | Singleton.Boolean(right(scope));
    }
}
