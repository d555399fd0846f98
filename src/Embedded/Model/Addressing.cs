namespace Orleans
{
    /// <summary>Something that grains can call.</summary>
    public interface IGrain : IAddressable;

    /// <summary>A grain whose key is a GUID.</summary>
    public interface IGrainWithGuidKey : IGrain;

    /// <summary>A grain whose key is a number.</summary>
    public interface IGrainWithIntegerKey : IGrain;

    /// <summary>A grain whose key is text.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>
    /// An object outside the grains that grains can call, once <see cref="IGrainFactory.CreateObjectReference"/> made a
    /// reference to it. The engine holds the object weakly: who registers it keeps it alive.
    /// </summary>
    public interface IGrainObserver : IAddressable;

    /// <summary>Makes references to grains. Making one is cheap and starts nothing: the first call does.</summary>
    public interface IGrainFactory
    {
        /// <summary>The grain with this key.</summary>
        TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
            where TGrainInterface : IGrainWithGuidKey;

        /// <summary>The grain with this key.</summary>
        TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
            where TGrainInterface : IGrainWithIntegerKey;

        /// <summary>The grain with this key.</summary>
        TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
            where TGrainInterface : IGrainWithStringKey;

        /// <summary>The grain with this identity, called through the given interface.</summary>
        TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
            where TGrainInterface : IAddressable;

        /// <summary>The grain with this key, called through the given interface.</summary>
        IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey);

        /// <summary>A reference to <paramref name="obj"/> that may be handed to grains.</summary>
        TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
            where TGrainObserverInterface : IGrainObserver;

        /// <summary>Ends <paramref name="obj"/>, a reference made by <see cref="CreateObjectReference"/>; later calls to it reach nobody.</summary>
        void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
            where TGrainObserverInterface : IGrainObserver;
    }

    /// <summary>The grains, seen from outside.</summary>
    public interface IClusterClient : IGrainFactory
    {
        /// <summary>The services of the process.</summary>
        IServiceProvider ServiceProvider { get; }
    }
}

namespace Orleans.Runtime
{
    /// <summary>Something that messages can be sent to.</summary>
    public interface IAddressable;
}
