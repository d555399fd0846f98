using System.Reflection;
using System.Reflection.Emit;

namespace CampusCare.Embedded.Runtime;

/// <summary>The class that was written for the requests of one method.</summary>
/// <param name="Constructor">Makes a request without arguments.</param>
/// <param name="Arguments">The field of each parameter; null for a token, which the request keeps otherwise.</param>
/// <param name="ResultType">The result of the method, or <see cref="Nothing"/>.</param>
internal sealed record EmittedRequest(ConstructorInfo Constructor, FieldInfo?[] Arguments, Type ResultType);

/// <summary>Writes the class of the requests of a method.</summary>
internal static class RequestEmitter
{
    private const string MethodField = "Method";

    public static EmittedRequest Emit(EmittedAssembly emitted, MethodInfo method)
    {
        if (method.IsGenericMethodDefinition)
            throw new ArgumentException($"{method.DeclaringType}.{method.Name} is generic, which grain methods can't be.");
        var described = new GrainMethod(method);
        var result = method.ReturnType.IsGenericType && described.Problem is null ? method.ReturnType.GenericTypeArguments[0] : typeof(Nothing);
        var baseType = typeof(GrainRequest<>).MakeGenericType(result);
        emitted.Open(method);
        var type = emitted.Define($"{method.DeclaringType!.Name}_{method.Name}", baseType);
        var arguments = Array.ConvertAll(method.GetParameters(), parameter => parameter.ParameterType == typeof(CancellationToken)
            ? null
            : type.DefineField(parameter.Name!, parameter.ParameterType, FieldAttributes.Public));
        EmitConstructor(type, baseType);
        EmitCall(type, baseType, method, arguments);

        var made = type.CreateType();
        made.GetField(MethodField)!.SetValue(null, described);
        return new(made.GetConstructor(Type.EmptyTypes)!, Array.ConvertAll(arguments, argument => argument is null ? null : made.GetField(argument.Name)), result);
    }

    private static void EmitConstructor(TypeBuilder type, Type baseType)
    {
        var method = type.DefineField(MethodField, typeof(GrainMethod), FieldAttributes.Public | FieldAttributes.Static);
        var code = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, Type.EmptyTypes).GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldsfld, method);
        code.Emit(OpCodes.Call, baseType.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [typeof(GrainMethod)])!);
        code.Emit(OpCodes.Ret);
    }

    private static void EmitCall(TypeBuilder type, Type baseType, MethodInfo method, FieldBuilder?[] arguments)
    {
        var call = baseType.GetMethod("Call", BindingFlags.Instance | BindingFlags.NonPublic)!;
        var own = type.DefineMethod(
            call.Name, MethodAttributes.Family | MethodAttributes.Virtual | MethodAttributes.HideBySig, typeof(Task), [typeof(object)]);
        var code = own.GetILGenerator();
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Castclass, method.DeclaringType!);
        foreach (var argument in arguments)
        {
            code.Emit(OpCodes.Ldarg_0);
            if (argument is not null)
                code.Emit(OpCodes.Ldfld, argument);
            else
                code.Emit(OpCodes.Call, typeof(GrainRequest).GetProperty(nameof(GrainRequest.CalleeToken))!.GetMethod!);
        }

        code.Emit(OpCodes.Callvirt, method);
        EmitTask(code, method.ReturnType);
        code.Emit(OpCodes.Ret);
        type.DefineMethodOverride(own, call);
    }

    private static void EmitTask(ILGenerator code, Type type)
    {
        if (type == typeof(void))
        {
            code.Emit(OpCodes.Call, typeof(Task).GetProperty(nameof(Task.CompletedTask))!.GetMethod!);
        }
        else if (type.IsValueType)
        {
            code.Emit(OpCodes.Stloc, code.DeclareLocal(type));
            code.Emit(OpCodes.Ldloca_S, (byte)0);
            code.Emit(OpCodes.Call, type.GetMethod(nameof(ValueTask.AsTask))!);
        }
    }
}
