namespace FhirTrials.Fhir.Terminology;

/// <summary>Whether a code is in a value set, as far as that can be decided offline.</summary>
public enum Membership
{
    In,
    NotIn,
    Undecidable,
}

/// <summary>Three-valued logic over <see cref="Membership"/>: what is undecidable stays
/// so unless the rest decides.</summary>
static class MembershipLogic
{
    public static Membership Of(bool isIn) => isIn ? Membership.In : Membership.NotIn;

    public static Membership Or(this Membership left, Membership right) =>
        left == Membership.In || right == Membership.In ? Membership.In
        : left == Membership.Undecidable || right == Membership.Undecidable ? Membership.Undecidable
        : Membership.NotIn;

    public static Membership And(this Membership left, Membership right) =>
        left == Membership.NotIn || right == Membership.NotIn ? Membership.NotIn
        : left == Membership.Undecidable || right == Membership.Undecidable ? Membership.Undecidable
        : Membership.In;

    public static Membership Not(this Membership membership) => membership switch
    {
        Membership.In => Membership.NotIn,
        Membership.NotIn => Membership.In,
        Membership.Undecidable => Membership.Undecidable,
    };
}
