namespace Orleans;

/// <summary>Why an activation ended.</summary>
[GenerateSerializer]
public enum DeactivationReasonCode : byte
{
    /// <summary>No reason given.</summary>
    None,

    /// <summary>The process is stopping.</summary>
    ShuttingDown,

    /// <summary>Activation threw.</summary>
    ActivationFailed,

    /// <summary>The directory of activations failed.</summary>
    DirectoryFailure,

    /// <summary>It was idle for its collection age.</summary>
    ActivationIdle,

    /// <summary>It did not answer.</summary>
    ActivationUnresponsive,

    /// <summary>Another activation of the same grain won.</summary>
    DuplicateActivation,

    /// <summary>A request did not fit it.</summary>
    IncompatibleRequest,

    /// <summary>A request failed so that its memory can't be trusted.</summary>
    ApplicationError,

    /// <summary>The grain asked for it.</summary>
    ApplicationRequested,

    /// <summary>It moves elsewhere.</summary>
    Migrating,

    /// <summary>The engine asked for it.</summary>
    RuntimeRequested,

    /// <summary>Memory ran short.</summary>
    HighMemoryPressure,
}

/// <summary>Why an activation ended, with words.</summary>
public readonly struct DeactivationReason
{
    /// <summary>A reason without an exception.</summary>
    public DeactivationReason(DeactivationReasonCode code, string text)
        : this(code, null, text)
    {
    }

    /// <summary>A reason with the exception behind it.</summary>
    public DeactivationReason(DeactivationReasonCode code, Exception? exception, string text)
    {
        ReasonCode = code;
        Exception = exception;
        Description = text;
    }

    /// <summary>The words.</summary>
    public string Description { get; }

    /// <summary>The code.</summary>
    public DeactivationReasonCode ReasonCode { get; }

    /// <summary>The exception behind it, if any.</summary>
    public Exception? Exception { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        Exception is null ? $"{ReasonCode}: {Description}" : $"{ReasonCode}: {Description}. Exception: {Exception}";
}
