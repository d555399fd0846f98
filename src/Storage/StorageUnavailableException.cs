namespace CampusCare.Storage;

/// <summary>The database can't be read or written now; nothing is known to be wrong with what it holds.</summary>
public sealed class StorageUnavailableException(string message, Exception inner) : Exception(message, inner);
