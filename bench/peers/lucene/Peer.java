// Lucene over words cut beforehand, or with its Chinese analyzer ("smartcn" as third argument); BM25, ten hits with their text.
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.lang.management.ManagementFactory;
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.Version;

public class Peer {
  static final ObjectMapper JSON = new ObjectMapper();
  static boolean smart;
  static Analyzer analyzer;

  static long processor() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }

  static List<String> cut(String text) throws Exception {
    List<String> words = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream("words", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) words.add(term.toString());
      stream.end();
    }
    return words;
  }

  // One word of a query; the Chinese analyzer may cut it further, then all its parts must match in order.
  static Query word(String word) throws Exception {
    if (!smart) return new TermQuery(new Term("words", word));
    return phrase(cut(word));
  }

  static Query phrase(List<String> parts) {
    if (parts.size() == 1) return new TermQuery(new Term("words", parts.get(0)));
    return new PhraseQuery("words", parts.toArray(new String[0]));
  }

  static void add(BooleanQuery.Builder into, JsonNode words, BooleanClause.Occur occur) throws Exception {
    if (words != null) for (JsonNode each : words) into.add(word(each.asText()), occur);
  }

  static Query read(JsonNode query) throws Exception {
    if (query.has("phrase")) {
      List<String> parts = new ArrayList<>();
      for (JsonNode each : query.get("phrase")) parts.addAll(smart ? cut(each.asText()) : List.of(each.asText()));
      return phrase(parts);
    }
    BooleanQuery.Builder asked = new BooleanQuery.Builder();
    add(asked, query.get("should"), BooleanClause.Occur.SHOULD);
    add(asked, query.get("must"), BooleanClause.Occur.MUST);
    add(asked, query.get("not"), BooleanClause.Occur.MUST_NOT);
    if (query.has("any")) {
      BooleanQuery.Builder any = new BooleanQuery.Builder();
      add(any, query.get("any"), BooleanClause.Occur.SHOULD);
      asked.add(any.build(), BooleanClause.Occur.MUST);
    }
    return asked.build();
  }

  public static void main(String[] arguments) throws Exception {
    Path out = Path.of(arguments[0]), work = Path.of(arguments[1]);
    smart = arguments.length > 2 && arguments[2].equals("smartcn");
    analyzer = smart ? new SmartChineseAnalyzer() : new WhitespaceAnalyzer();
    long since = System.nanoTime(), before = processor();
    try (IndexWriter writer = new IndexWriter(new MMapDirectory(work), new IndexWriterConfig(analyzer).setRAMBufferSizeMB(256));
        BufferedReader plain = Files.newBufferedReader(out.resolve("passages.jsonl"));
        BufferedReader words = Files.newBufferedReader(out.resolve("words.jsonl"))) {
      for (String line; (line = plain.readLine()) != null; ) {
        JsonNode record = JSON.readTree(line), cut = JSON.readTree(words.readLine());
        Document document = new Document();
        document.add(new StringField("id", record.get("id").asText(), Field.Store.YES));
        document.add(new StoredField("title", record.get("title").asText()));
        document.add(new StoredField("text", record.get("text").asText()));
        document.add(new TextField("words", smart ? record.get("text").asText() : cut.get("words").asText(), Field.Store.NO));
        document.add(new TextField("titles", smart ? record.get("title").asText() : cut.get("title").asText(), Field.Store.NO));
        writer.addDocument(document);
      }
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("engine", smart ? "Lucene, its Chinese analyzer" : "Lucene");
    figures.put("version", Version.LATEST.toString());
    figures.put("work", (smart ? "cuts words itself" : "words cut beforehand") + "; id, title and text; no snippet");
    figures.put("index_s", (System.nanoTime() - since) / 10_000_000 / 100.0);
    figures.put("index_cpu_s", (processor() - before) / 10_000_000 / 100.0);
    long bytes = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(work)) { for (Path file : files) bytes += Files.size(file); }
    figures.put("bytes", bytes);
    Map<String, List<JsonNode>> kinds = new LinkedHashMap<>();
    for (String line : Files.readAllLines(out.resolve("queries.jsonl"))) {
      JsonNode query = JSON.readTree(line);
      if (!query.get("kind").asText().equals("cross"))
        kinds.computeIfAbsent(query.get("kind").asText() + "." + query.get("lang").asText(), key -> new ArrayList<>()).add(query);
    }
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(new MMapDirectory(work)));
    searcher.setQueryCache(null);
    Map<String, Object> measured = new LinkedHashMap<>();
    // The first rounds warm the compiler; the best of all is kept.
    for (int pass = 0; pass < 6; pass++)
      for (var kind : kinds.entrySet()) {
        List<Long> times = new ArrayList<>();
        long hits = 0, used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (JsonNode query : kind.getValue()) {
          long start = System.nanoTime();
          for (ScoreDoc found : searcher.search(read(query), 10).scoreDocs)
            if (searcher.storedFields().document(found.doc).get("text") != null) hits++;
          times.add(System.nanoTime() - start);
        }
        long count = times.size(), each = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - used) / count / 1000;
        Collections.sort(times);
        @SuppressWarnings("unchecked")
        Map<String, Object> best = (Map<String, Object>) measured.get(kind.getKey());
        if (best == null || each < (Long) best.get("cpu_us"))
          measured.put(kind.getKey(), new LinkedHashMap<>(Map.of("p50_us", times.get((int) count / 2) / 1000,
              "p99_us", times.get((int) (count * 99 / 100)) / 1000, "cpu_us", each, "hits", Math.round(100.0 * hits / count) / 100.0)));
      }
    figures.put("kinds", measured);
    System.out.println(JSON.writeValueAsString(figures));
  }
}
