using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;

namespace CampusCare.Embedded.Runtime;

/// <summary>
/// Writes, at run time, a class for each grain interface that turns its calls into requests, and a class for each of its
/// methods that holds the arguments and makes the call: a call then costs what it would in code written by hand.
/// </summary>
internal static class ReferenceEmitter
{
    private const MethodAttributes Implementation =
        MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig | MethodAttributes.Final;

    private static readonly Type[] ConstructorTypes = [typeof(GrainEngine), typeof(GrainClass), typeof(GrainId)];
    private static readonly MethodInfo SendMethod =
        typeof(EmittedReference).GetMethod("Send", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private static readonly ConcurrentDictionary<Type, Func<GrainEngine, GrainClass?, GrainId, EmittedReference>> Makers = new();
    private static readonly EmittedAssembly Emitted = new();

    /// <summary>What makes references of this interface.</summary>
    public static Func<GrainEngine, GrainClass?, GrainId, EmittedReference> For(Type face)
    {
        if (Makers.TryGetValue(face, out var maker))
            return maker;
        lock (Makers)
            return Makers.GetOrAdd(face, Emit);
    }

    private static Func<GrainEngine, GrainClass?, GrainId, EmittedReference> Emit(Type face)
    {
        if (!face.IsInterface || !typeof(IAddressable).IsAssignableFrom(face))
            throw new ArgumentException($"{face} is not an interface of grains or observers.", nameof(face));
        Emitted.Open(face);
        var type = Emitted.Define($"{face.Name}_Reference", typeof(EmittedReference));
        type.AddInterfaceImplementation(face);
        var constructor = EmitConstructor(type);
        foreach (var method in face.GetInterfaces().Prepend(face).SelectMany(level => level.GetMethods()).Where(method => method.IsAbstract))
            EmitMethod(type, method, RequestEmitter.Emit(Emitted, method));
        EmitMaker(type, constructor);
        return type.CreateType().GetMethod("Make")!.CreateDelegate<Func<GrainEngine, GrainClass?, GrainId, EmittedReference>>();
    }

    private static ConstructorBuilder EmitConstructor(TypeBuilder type)
    {
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, ConstructorTypes);
        var code = constructor.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldarg_2);
        code.Emit(OpCodes.Ldarg_3);
        code.Emit(OpCodes.Call, typeof(EmittedReference).GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, ConstructorTypes)!);
        code.Emit(OpCodes.Ret);
        return constructor;
    }

    private static void EmitMaker(TypeBuilder type, ConstructorBuilder constructor)
    {
        var maker = type.DefineMethod("Make", MethodAttributes.Public | MethodAttributes.Static, typeof(EmittedReference), ConstructorTypes);
        var code = maker.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldarg_2);
        code.Emit(OpCodes.Newobj, constructor);
        code.Emit(OpCodes.Ret);
    }

    private static void EmitMethod(TypeBuilder type, MethodInfo method, EmittedRequest request)
    {
        var parameters = method.GetParameters();
        var own = type.DefineMethod(
            $"{method.DeclaringType!.FullName}.{method.Name}", Implementation, method.ReturnType, Array.ConvertAll(parameters, p => p.ParameterType));
        var code = own.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Newobj, request.Constructor);
        for (var i = 0; i < parameters.Length; i++)
        {
            if (request.Arguments[i] is not { } field)
                continue;
            code.Emit(OpCodes.Dup);
            code.Emit(OpCodes.Ldarg, i + 1);
            EmitConversion(code, field.FieldType);
            code.Emit(OpCodes.Stfld, field);
        }

        EmitToken(code, parameters);
        code.Emit(OpCodes.Call, SendMethod.MakeGenericMethod(request.ResultType));
        EmitReturn(code, method.ReturnType, request.ResultType);
        type.DefineMethodOverride(own, method);
    }

    private static void EmitConversion(ILGenerator code, Type type)
    {
        if (!type.IsInterface || !typeof(IAddressable).IsAssignableFrom(type))
            return;
        code.Emit(OpCodes.Ldtoken, type);
        code.Emit(OpCodes.Call, typeof(Type).GetMethod(nameof(Type.GetTypeFromHandle))!);
        code.Emit(OpCodes.Call, typeof(EmittedReference).GetMethod(nameof(EmittedReference.AsArgument))!);
        code.Emit(OpCodes.Castclass, type);
    }

    private static void EmitToken(ILGenerator code, ParameterInfo[] parameters)
    {
        var token = Array.FindIndex(parameters, parameter => parameter.ParameterType == typeof(CancellationToken));
        if (token >= 0)
            code.Emit(OpCodes.Ldarg, token + 1);
        else
            code.Emit(OpCodes.Call, typeof(CancellationToken).GetProperty(nameof(CancellationToken.None))!.GetMethod!);
    }

    private static void EmitReturn(ILGenerator code, Type type, Type result)
    {
        if (type == typeof(void))
            code.Emit(OpCodes.Pop);
        else if (type == typeof(ValueTask))
            code.Emit(OpCodes.Newobj, typeof(ValueTask).GetConstructor([typeof(Task)])!);
        else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            code.Emit(OpCodes.Newobj, type.GetConstructor([typeof(Task<>).MakeGenericType(result)])!);
        code.Emit(OpCodes.Ret);
    }
}
