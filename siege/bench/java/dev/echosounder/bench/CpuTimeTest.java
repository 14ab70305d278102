package dev.echosounder.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bench")
class CpuTimeTest {

  @Test
  void a_name_may_look_like_the_fields_after_it() {
    String stat =
        "71 (odd) 9 (name) S 1 71 71 0 -1 4194560 1500 0 7 0 120 30 4 6 20 0 1 0 100 1000 10";
    assertThat(CpuTime.parse(stat)).isEqualTo(1.6);
  }

  @Test
  void a_process_that_computes_uses_time() throws IOException {
    double before = CpuTime.ofTree(ProcessHandle.current());
    long state = System.nanoTime();
    while (CpuTime.ofTree(ProcessHandle.current()) < before + 0.05) {
      state = state * 31 + 7;
    }
    assertThat(state).isNotZero();
  }
}
