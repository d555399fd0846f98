using System.Text.RegularExpressions;
using k8s;
using k8s.Models;

namespace CampusCare.Architecture.Tests;

/// <summary>What deploy/kubernetes would send to a cluster: as Kubernetes' own types read it, and fitting together.</summary>
public sealed partial class KubernetesTests
{
    private const string Folder = "deploy/kubernetes/base";

    private static readonly IReadOnlyList<object> Objects =
        [.. Files().Where(static file => file != "kustomization.yaml").SelectMany(static file => KubernetesYaml.LoadAllFromString(Repository.Read($"{Folder}/{file}"), null, strict: true))];

    private static readonly IReadOnlyList<(string Name, IDictionary<string, string> Labels, V1PodSpec Spec)> Pods =
    [
        .. Objects.OfType<V1Deployment>().Select(static it => (it.Metadata.Name, it.Spec.Template.Metadata.Labels, it.Spec.Template.Spec)),
        .. Objects.OfType<V1Job>().Select(static it => (it.Metadata.Name, it.Spec.Template.Metadata.Labels, it.Spec.Template.Spec)),
    ];

    [Fact]
    public void What_is_no_part_of_an_object_is_not_read_over() =>
        Should.Throw<Exception>(static () => KubernetesYaml.LoadAllFromString("apiVersion: v1\nkind: Service\nmetadata: { name: x }\nspec: { prots: [] }", null, strict: true));

    [Fact]
    public void Every_file_is_applied_and_there_is_no_other()
    {
        var listed = Resource().Matches(Repository.Read($"{Folder}/kustomization.yaml")).Select(static match => match.Groups[1].Value);
        listed.Append("kustomization.yaml").ShouldBe(Files(), ignoreOrder: true);
        Objects.Count.ShouldBeGreaterThan(8);
    }

    [Fact]
    public void Every_selector_finds_a_pod_and_every_port_is_open_there()
    {
        foreach (var budget in Objects.OfType<V1PodDisruptionBudget>()) PodsOf(budget.Spec.Selector.MatchLabels).ShouldNotBeEmpty(budget.Metadata.Name);
        foreach (var deployment in Objects.OfType<V1Deployment>())
            PodsOf(deployment.Spec.Selector.MatchLabels).Select(static pod => pod.Name).ShouldBe([deployment.Metadata.Name]);
        foreach (var service in Objects.OfType<V1Service>())
            PortsOf(service.Spec.Selector).ShouldHave(service.Spec.Ports.Select(static port => port.TargetPort.Value), service.Metadata.Name);
        foreach (var policy in Objects.OfType<V1NetworkPolicy>())
        {
            PortsOf(policy.Spec.PodSelector.MatchLabels).ShouldHave((policy.Spec.Ingress ?? []).SelectMany(static rule => rule.Ports).Select(static port => port.Port.Value), policy.Metadata.Name);
            foreach (var from in (policy.Spec.Ingress ?? []).SelectMany(static rule => rule.FromProperty ?? []).Where(static from => from.PodSelector is not null))
                PodsOf(from.PodSelector.MatchLabels).ShouldNotBeEmpty(policy.Metadata.Name);
        }
        Pods.ShouldAllBe(static pod => Objects.OfType<V1NetworkPolicy>().Any(policy => policy.Spec.PodSelector.MatchLabels.All(label => pod.Labels[label.Key] == label.Value)));
    }

    [Fact]
    public void Processes_are_not_root_write_nowhere_and_hold_nothing_that_is_secret()
    {
        foreach (var (name, _, spec) in Pods)
        {
            spec.SecurityContext.RunAsNonRoot.ShouldBe(true, name);
            spec.AutomountServiceAccountToken.ShouldBe(false, name);
            foreach (var container in spec.Containers)
            {
                (container.SecurityContext.ReadOnlyRootFilesystem, container.SecurityContext.AllowPrivilegeEscalation).ShouldBe((true, false), name);
                container.SecurityContext.Capabilities.Drop.ShouldBe(["ALL"], name);
                container.Resources.Limits.Keys.ShouldContain("memory", name);
                container.VolumeMounts.Select(static mount => mount.Name).ShouldBe(spec.Volumes.Select(static volume => volume.Name), ignoreOrder: true, name);
                container.Env.Where(static env => Secret().IsMatch(env.Name)).ShouldAllBe(static env => env.ValueFrom.SecretKeyRef.Name == "campuscare");
            }
        }
        Objects.OfType<V1ConfigMap>().SelectMany(static map => map.Data.Keys).ShouldAllBe(static key => !Secret().IsMatch(key));
    }

    [Fact]
    public void Every_key_is_one_that_the_processes_know()
    {
        var page = Repository.Read("docs/configuration.md");
        var keys = Objects.OfType<V1ConfigMap>().SelectMany(static map => map.Data.Keys)
            .Concat(Pods.SelectMany(static pod => pod.Spec.Containers).SelectMany(static container => container.Env).Select(static env => env.Name))
            .Where(static key => !key.StartsWith("DOTNET_", StringComparison.Ordinal) && !key.StartsWith("ASPNETCORE_", StringComparison.Ordinal));
        keys.Select(static key => key.Replace("__", ":")).Where(key => !page.Contains($"`{key}`")).ShouldBeEmpty();
    }

    [Fact]
    public void What_scales_is_there_and_so_are_the_figures_that_it_scales_by()
    {
        var scaling = Repository.Read("deploy/kubernetes/autoscaling/scaling.yaml");
        Target().Matches(scaling).Select(static match => match.Groups[1].Value).ShouldBe(Objects.OfType<V1Deployment>().Select(static it => it.Metadata.Name), ignoreOrder: true);
        var figures = Figure().Matches(scaling).Select(static match => match.Value).ToList();
        figures.Count.ShouldBe(2);
        figures.ShouldAllBe(figure => Repository.Read("docs/metrics.md").Contains($"`{figure}`"));
    }

    private static IEnumerable<(string Name, IDictionary<string, string> Labels, V1PodSpec Spec)> PodsOf(IDictionary<string, string> labels) =>
        Pods.Where(pod => labels.All(label => pod.Labels.TryGetValue(label.Key, out var value) && value == label.Value));

    private static OpenPorts PortsOf(IDictionary<string, string> labels) =>
        new([.. PodsOf(labels).SelectMany(static pod => pod.Spec.Containers).SelectMany(static container => container.Ports ?? []).Select(static port => port.Name)]);

    private sealed record OpenPorts(IReadOnlyCollection<string> Names)
    {
        public void ShouldHave(IEnumerable<string> wanted, string who) => wanted.Where(port => !Names.Contains(port)).ShouldBeEmpty(who);
    }

    private static IEnumerable<string> Files() =>
        new DirectoryInfo(Path.Combine(Repository.Root.FullName, Folder)).EnumerateFiles("*.yaml").Select(static file => file.Name);

    [GeneratedRegex(@"^  - (\S+\.yaml)$", RegexOptions.Multiline)]
    private static partial Regex Resource();

    [GeneratedRegex(@"scaleTargetRef: \{ name: (\S+) \}")]
    private static partial Regex Target();

    [GeneratedRegex("campuscare_[a-z_]+")]
    private static partial Regex Figure();

    [GeneratedRegex("ConnectionString|Keys?__|Secret|Password", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
