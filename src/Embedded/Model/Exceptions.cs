namespace Orleans.Runtime
{
    /// <summary>The base of the engine's exceptions.</summary>
    public class OrleansException : Exception
    {
        /// <summary>An error without words.</summary>
        public OrleansException()
            : base("Unexpected error.")
        {
        }

        /// <summary>An error with words.</summary>
        public OrleansException(string message)
            : base(message)
        {
        }

        /// <summary>An error with words and cause.</summary>
        public OrleansException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }

    /// <summary>The engine could not deliver a request; it did not run.</summary>
    public class OrleansMessageRejectionException : OrleansException
    {
        internal OrleansMessageRejectionException(string message)
            : base(message)
        {
        }
    }

    /// <summary>The silo of the activation is gone, or the engine is stopping.</summary>
    public sealed class SiloUnavailableException(string message) : OrleansMessageRejectionException(message);

    /// <summary>The observer that was called is gone.</summary>
    public sealed class ClientNotAvailableException(string message) : OrleansException(message);

    /// <summary>An activation has too many waiting requests; this one did not run.</summary>
    public sealed class LimitExceededException : OrleansException
    {
        /// <summary>An error with words.</summary>
        public LimitExceededException(string message)
            : base(message)
        {
        }

        /// <summary>Names the limit, what was there and what is allowed.</summary>
        public LimitExceededException(string limitName, int current, int threshold, object extraInfo)
            : base($"Limit exceeded {limitName} Current={current} Threshold={threshold} {extraInfo}")
        {
        }
    }

    /// <summary>A reminder could not be set or removed.</summary>
    public sealed class ReminderException(string message) : OrleansException(message);
}

namespace Orleans.Storage
{
    /// <summary>
    /// A write found that the stored state had changed since it was read. Thrown out of a request it also ends the
    /// activation, so that the next request reads the state afresh.
    /// </summary>
    public class InconsistentStateException : OrleansException
    {
        /// <summary>A conflict without details.</summary>
        public InconsistentStateException()
        {
        }

        /// <summary>A conflict with words.</summary>
        public InconsistentStateException(string message)
            : base(message)
        {
        }

        /// <summary>A conflict with words and both version tags.</summary>
        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
            : this(errorMsg, storedEtag, currentEtag, null)
        {
        }

        /// <summary>A conflict with words, both version tags and its cause.</summary>
        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
            : base(errorMsg, storageException!)
        {
            StoredEtag = storedEtag;
            CurrentEtag = currentEtag;
        }

        /// <summary>The version tag in the store.</summary>
        public string? StoredEtag { get; }

        /// <summary>The version tag that the writer held.</summary>
        public string? CurrentEtag { get; }
    }
}
