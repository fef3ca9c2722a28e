import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.codelibs.opensearch.runner.node.OpenSearchRunnerNode;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.plugins.Plugin;

/**
 * One real OpenSearch node in a process of its own, so that it can be killed alone.
 *
 * <p>Arguments are settings as opensearch.yml has them, each {@code key=value}; {@code path.home} must be among them.
 * The modules are those that the server always ships: transport, the common analyzers, Painless; the system property
 * {@code plugin} names the class of a plugin to add.
 */
public final class Node {
  private static final List<String> MODULES =
      List.of(
          "org.opensearch.transport.Netty4",
          "org.opensearch.analysis.common.CommonAnalysis",
          "org.opensearch.painless.Painless");

  /** The class of a module, whose name OpenSearch 3 ends otherwise than OpenSearch 2. */
  private static Class<? extends Plugin> module(String name) throws ClassNotFoundException {
    try {
      return Class.forName(name + "Plugin").asSubclass(Plugin.class);
    } catch (ClassNotFoundException named) {
      return Class.forName(name + "ModulePlugin").asSubclass(Plugin.class);
    }
  }

  public static void main(String[] arguments) throws Exception {
    Settings.Builder settings = Settings.builder();
    settings.put("network.host", "127.0.0.1");
    settings.put("node.max_local_storage_nodes", "1");
    // A test's disk may be nearly full; that is not what is tested.
    settings.put("cluster.routing.allocation.disk.threshold_enabled", "false");
    for (String argument : arguments) {
      int at = argument.indexOf('=');
      if (at < 0) {
        System.err.println("a setting is key=value, not " + argument);
        System.exit(2);
      }
      String key = argument.substring(0, at);
      String[] values = argument.substring(at + 1).split(",");
      if (values.length == 1) {
        settings.put(key, values[0]);
      } else {
        settings.putList(key, values);
      }
    }
    Settings all = settings.build();
    Path config = Path.of(all.get("path.home"), "config");
    Files.createDirectories(config);
    List<Class<? extends Plugin>> plugins = new ArrayList<>();
    for (String module : MODULES) {
      plugins.add(module(module));
    }
    String added = System.getProperty("plugin", "");
    if (!added.isEmpty()) {
      plugins.add(Class.forName(added).asSubclass(Plugin.class));
    }
    OpenSearchRunnerNode node = new OpenSearchRunnerNode(new Environment(all, config), plugins);
    node.start();
    System.out.println("started " + all.get("node.name"));
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    node.close();
                  } catch (Exception error) {
                    System.err.println(error);
                  }
                  closed.countDown();
                }));
    closed.await();
  }
}
