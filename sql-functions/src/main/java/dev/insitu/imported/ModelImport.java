package dev.insitu.imported;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import dev.insitu.function.Database;
import dev.insitu.function.OptionValue;
import dev.insitu.model.Artifact;
import dev.insitu.model.Attachment;
import dev.insitu.model.ModelSignature;
import dev.insitu.model.TrainedModel;
import dev.insitu.model.TrainingFacts;
import dev.insitu.onnx.foreign.Carrier;
import dev.insitu.onnx.foreign.ClassLabels;
import dev.insitu.onnx.foreign.Element;
import dev.insitu.onnx.foreign.ForeignModel;
import dev.insitu.onnx.foreign.GraphPort;
import dev.insitu.onnx.foreign.ModelLimits;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.binding.OutputBinding;
import dev.insitu.score.onnx.RawOutput;
import dev.insitu.train.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Makes a version of a graph that somebody else made. */
public final class ModelImport {
  private final Database database;
  private final ImportSource source;
  private final ImportOptions options;
  private final ForeignModel model;
  private final InputPlan inputs;
  private final ImportStop stop;

  /** The outputs that have a vector a token, of which one a row is made. */
  private Set<String> pooled = Set.of();

  private ModelImport(
      Database database, ImportSource source, ImportOptions options, Progress progress) {
    this.database = database;
    this.stop = new ImportStop(progress);
    this.source = source;
    this.options = options;
    ModelLimits limits = ModelLimits.DEFAULT;
    this.model =
        ForeignModel.read(
            source.name(), source.bytes(), limits.withBytes(options.maxBytes(limits.bytes())));
    this.inputs =
        InputPlan.of(
            model, options, TextPlan.of(model, options, source), ImagePlan.of(model, options));
  }

  /**
   * Reads, checks and tries a graph.
   *
   * @param options by name in lower case, in the order written
   * @param progress asked from time to time whether to go on
   * @throws MlException whatever is wrong with the file or the options
   * @throws CancellationException if the statement was cancelled
   */
  public static TrainedModel of(
      Database database, ImportSource source, Map<String, OptionValue> options, Progress progress) {
    ModelImport importing = new ModelImport(database, source, ImportOptions.of(options), progress);
    try {
      return importing.make();
    } catch (CancellationException e) {
      throw importing.stop.reason(e);
    }
  }

  private TrainedModel make() {
    List<GraphPort> ports = wantedOutputs();
    int rowsPerRun = inputs.rowsPerRun();
    pooled =
        new TokenVectors(model, inputs, options, stop)
            .pooled(ports.stream().map(this::fetched).toList());
    Tried tried = rowsPerRun == 0 ? tried(ports, 0) : null;
    if (tried == null) {
      rowsPerRun = Math.max(rowsPerRun, 1);
      tried = tried(ports, rowsPerRun);
    }
    if (tried == null) {
      throw InputPlan.unusable("the size of its answers does not follow the number of rows");
    }
    OutputPlan outputs = new OutputPlanner(database, options, tried.outputs).plan();
    GraphBinding binding =
        new GraphBinding(
            inputs.bindings(),
            outputs.bindings(),
            NullRules.of(inputs.columns(), tried.takesNaN, options.missing()),
            rowsPerRun,
            options.threads(),
            options.runMillis(),
            options.runBytes(),
            inputs.text());
    ModelSignature signature = new ModelSignature(inputs.columns(), outputs.columns());
    return new TrainedModel(
        "onnx",
        outputs.task(),
        signature,
        options.written(),
        Artifact.of(Artifact.Format.ONNX, source.bytes()),
        attachments(binding),
        facts(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        MadeUpRows.answered(model, source.bytes(), binding, signature, inputs, stop));
  }

  private List<Attachment> attachments(GraphBinding binding) {
    List<Attachment> all = new ArrayList<>();
    all.add(Attachment.of(GraphBinding.ATTACHMENT, binding.toJson()));
    inputs.tokenizer().ifPresent(all::add);
    return all;
  }

  private List<GraphPort> wantedOutputs() {
    List<GraphPort> all = model.outputs();
    List<String> wanted = options.outputs();
    List<String> names = all.stream().map(GraphPort::name).toList();
    for (String name : wanted) {
      if (!names.contains(name)) {
        MlException error =
            MlException.of(
                ErrorCode.ARGUMENT, "outputs", "the model has no output \"" + name + "\"");
        throw NearestName.of(name, names)
            .map(nearest -> error.withHint("Did you mean \"" + nearest + "\"?"))
            .orElse(error.withHint("Its outputs are " + String.join(", ", names) + "."));
      }
    }
    List<GraphPort> ports =
        all.stream().filter(p -> wanted.isEmpty() || wanted.contains(p.name())).toList();
    for (GraphPort port : ports) {
      if (!port.isTensor() && port.container() != GraphPort.Container.MAPS) {
        throw InputPlan.unusable("output \"" + port.name() + "\" is no tensor")
            .withHint("Name the outputs that you want: OPTIONS (outputs = ARRAY['…']).");
      }
    }
    return ports;
  }

  /**
   * What a trial has shown.
   *
   * @param takesNaN for each column whether a NaN there leaves every answer a number
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, compared by nobody
  private record Tried(List<SeenOutput> outputs, boolean[] takesNaN) {}

  /** Returns what a trial shows, or null if the outputs do not go with the rows. */
  private @Nullable Tried tried(List<GraphPort> ports, int rowsPerRun) {
    List<OutputBinding> fetched = ports.stream().map(this::fetched).toList();
    try (Trial trial = Trial.open(model, inputs, fetched, rowsPerRun, options, stop)) {
      FeatureBatch rows = trial.rows();
      List<List<RawOutput>> runs = new ArrayList<>();
      MlException refusal = null;
      for (int row = 0; row < Trial.ROWS; row++) {
        try {
          runs.add(trial.run(rows, row, 1));
        } catch (MlException e) {
          Trial.stopAtLimit(e);
          refusal = refusal == null ? e : refusal;
        }
      }
      if (runs.isEmpty() && refusal != null) {
        throw refusal;
      }
      int padded = Math.max(1, rowsPerRun);
      if (rowsPerRun == 0 && runs.size() == Trial.ROWS && !together(trial, rows, runs)) {
        return null;
      }
      List<SeenOutput> seen = new ArrayList<>();
      for (int i = 0; i < ports.size(); i++) {
        int output = i;
        List<RawOutput> answers = runs.stream().map(run -> run.get(output)).toList();
        int size = answers.get(0).size();
        if (size == 0
            || size % padded != 0
            || answers.stream().anyMatch(answer -> answer.size() != size)) {
          throw InputPlan.unusable(
              "output \"" + ports.get(i).name() + "\" has another size for other values");
        }
        seen.add(seen(ports.get(i), fetched.get(i), size / padded, answers));
      }
      return new Tried(seen, trial.takesNaN());
    }
  }

  /** Whether three rows at once have the answers that they have one by one. */
  private static boolean together(Trial trial, FeatureBatch rows, List<List<RawOutput>> singly) {
    List<RawOutput> all;
    try {
      all = trial.run(rows, 0, Trial.ROWS);
    } catch (MlException e) {
      Trial.stopAtLimit(e);
      return false;
    }
    for (int i = 0; i < all.size(); i++) {
      int width = singly.get(0).get(i).size();
      if (all.get(i).size() != width * Trial.ROWS) {
        return false;
      }
      for (int row = 0; row < Trial.ROWS; row++) {
        for (int j = 0; j < width; j++) {
          if (!alike(all.get(i), row * width + j, singly.get(row).get(i), j)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static boolean alike(RawOutput a, int i, RawOutput b, int j) {
    if (a.carrier() == Carrier.TEXT) {
      return a.text(i).equals(b.text(j));
    }
    double one = a.number(i);
    double other = b.number(j);
    return Double.compare(one, other) == 0
        || Math.abs(one - other) <= 1e-3 * Math.max(1, Math.abs(one));
  }

  private OutputBinding fetched(GraphPort port) {
    Carrier carrier = Carrier.ofOutput(port.element());
    if (port.container() == GraphPort.Container.MAPS) {
      String value =
          model
              .zipped(port.name())
              .orElseThrow(
                  () ->
                      InputPlan.unusable(
                          "output \"" + port.name() + "\" is maps that ZipMap has not made"));
      return new OutputBinding.Numbers(value, Carrier.DOUBLE, 1);
    }
    return carrier == Carrier.TEXT
        ? new OutputBinding.Texts(port.name())
        : new OutputBinding.Numbers(port.name(), carrier, 1, pooling(port), false);
  }

  private OutputBinding.Pooling pooling(GraphPort port) {
    return pooled.contains(port.name()) ? options.pooling() : OutputBinding.Pooling.NONE;
  }

  private SeenOutput seen(
      GraphPort port, OutputBinding fetched, int width, List<RawOutput> answers) {
    Optional<ClassLabels> classes = model.classes(port.name());
    Element element = port.container() == GraphPort.Container.MAPS ? Element.FLOAT : port.element();
    return new SeenOutput(
        port.name(),
        fetched.value(),
        element,
        fetched.carrier(),
        width,
        pooling(port),
        classes,
        answers);
  }

  private TrainingFacts facts() {
    Map<String, String> libraries = new TreeMap<>();
    libraries.put("database", database.product());
    libraries.put("java", Runtime.version().toString());
    model
        .operatorSets()
        .forEach((domain, version) -> libraries.put("opset " + domain(domain), "" + version));
    return new TrainingFacts(
        source.clause(), List.of(), 0, 0, 0, 0, 0, model.producer(), libraries);
  }

  private static String domain(String domain) {
    return domain.isEmpty() ? "ai.onnx" : domain;
  }
}
