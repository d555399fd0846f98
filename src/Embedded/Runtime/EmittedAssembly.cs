using System.Reflection;
using System.Reflection.Emit;

namespace CampusCare.Embedded.Runtime;

/// <summary>The assembly that classes are written into. It may see what is internal where the interfaces are.</summary>
internal sealed class EmittedAssembly
{
    private readonly AssemblyBuilder _assembly =
        AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("CampusCare.Embedded.Emitted"), AssemblyBuilderAccess.Run);

    private readonly ModuleBuilder _module;
    private readonly ConstructorInfo _mayAccess;
    private readonly HashSet<string> _open = [];
    private int _count;

    public EmittedAssembly()
    {
        _module = _assembly.DefineDynamicModule("Emitted");
        _mayAccess = EmitAttribute();
        Open(typeof(EmittedAssembly));
    }

    public TypeBuilder Define(string name, Type baseType) =>
        _module.DefineType($"{name}_{++_count}", TypeAttributes.Public | TypeAttributes.Sealed, baseType);

    /// <summary>Lets the written code see what is internal in the type's assembly.</summary>
    public void Open(Type type)
    {
        foreach (var argument in type.GenericTypeArguments)
            Open(argument);
        var name = type.Assembly.GetName().Name!;
        if (!type.IsVisible && _open.Add(name))
            _assembly.SetCustomAttribute(new CustomAttributeBuilder(_mayAccess, [name]));
    }

    /// <summary>Lets the written code see the types of the method.</summary>
    public void Open(MethodInfo method)
    {
        Open(method.ReturnType);
        foreach (var parameter in method.GetParameters())
            Open(parameter.ParameterType);
    }

    // The runtime looks for this attribute by name; the framework has no public one.
    private ConstructorInfo EmitAttribute()
    {
        var type = _module.DefineType(
            "System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute", TypeAttributes.Public, typeof(Attribute));
        var name = type.DefineField("_name", typeof(string), FieldAttributes.Private);
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, [typeof(string)]);
        var code = constructor.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Stfld, name);
        code.Emit(OpCodes.Ret);
        var property = type.DefineProperty("AssemblyName", PropertyAttributes.None, typeof(string), null);
        var getter = type.DefineMethod("get_AssemblyName", MethodAttributes.Public, typeof(string), null);
        code = getter.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldfld, name);
        code.Emit(OpCodes.Ret);
        property.SetGetMethod(getter);
        return type.CreateType().GetConstructor([typeof(string)])!;
    }
}
