using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.Triage;

public sealed class TriageTrainerTests
{
    private const int Few = 700;

    [Fact]
    public void The_same_texts_and_seed_give_the_same_bytes()
    {
        var texts = Sample();
        SameBytes(TriageTrainer.Train(texts, 7), TriageTrainer.Train(texts, 7)).ShouldBeTrue();
    }

    [Fact]
    public void Another_seed_gives_other_folds_and_so_another_calibration()
    {
        var texts = Sample();
        SameBytes(TriageTrainer.Train(texts, 7), TriageTrainer.Train(texts, 8)).ShouldBeFalse();
    }

    [Fact]
    public void A_saved_model_loads_as_the_same_model()
    {
        var model = TriageModel.Default;
        var loaded = TriageModel.Load(new MemoryStream(Bytes(model)));

        SameBytes(loaded, model).ShouldBeTrue();
        foreach (var text in CorpusFiles.HeldOut)
            loaded.Classify(text.Text).Probabilities.ShouldBe(model.Classify(text.Text).Probabilities, text.Text);
    }

    [Fact]
    public void The_model_that_ships_is_what_the_corpus_gives()
    {
        CorpusFiles.Trained.FeatureCount.ShouldBe(TriageModel.Default.FeatureCount);
        foreach (var text in CorpusFiles.HeldOut)
        {
            var (now, shipped) = (CorpusFiles.Trained.Classify(text.Text), TriageModel.Default.Classify(text.Text));
            now.Confidence.ShouldBe(shipped.Confidence, 0.02, $"{text.Text}: run ./campuscare train, the corpus or the trainer changed");
        }
    }

    [Fact]
    public void A_stream_that_holds_no_model_is_refused()
    {
        Should.Throw<InvalidDataException>(() => TriageModel.Load(new MemoryStream(new byte[100])));
        var other = Bytes(TriageModel.Default);
        other[4]++;
        Should.Throw<InvalidDataException>(() => TriageModel.Load(new MemoryStream(other)));
        Should.Throw<EndOfStreamException>(() => TriageModel.Load(new MemoryStream(Bytes(TriageModel.Default)[..^1])));
    }

    private static List<LabelledText> Sample()
    {
        var training = CorpusFiles.Training;
        return [.. training.Where((_, i) => i % (training.Count / Few) == 0)];
    }

    private static bool SameBytes(TriageModel one, TriageModel other) => Bytes(one).AsSpan().SequenceEqual(Bytes(other));

    private static byte[] Bytes(TriageModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
