package dev.insitu.score.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds nodes by their tree's id and their own. */
final class NodePlaces {
  private final Map<Long, Integer> firsts = new HashMap<>();
  private final Map<List<Long>, Integer> others = new HashMap<>();
  private final long[] treeIds;
  private final long[] ids;

  NodePlaces(List<Integer> trees, long[] treeIds, long[] ids) {
    this.treeIds = treeIds;
    this.ids = ids;
    for (int first : trees) {
      firsts.put(treeIds[first], first);
    }
    for (int i = 0; i < ids.length; i++) {
      if (usual(treeIds[i], ids[i]) != i) {
        others.put(List.of(treeIds[i], ids[i]), i);
      }
    }
  }

  /** Ids mostly count from 0. */
  private int usual(long tree, long id) {
    Integer first = firsts.get(tree);
    if (first == null || id < 0 || id >= ids.length - first) {
      return -1;
    }
    int place = first + (int) id;
    return treeIds[place] == tree && ids[place] == id ? place : -1;
  }

  int of(long tree, long id) throws NotCovered {
    int place = usual(tree, id);
    Integer other = place >= 0 ? Integer.valueOf(place) : others.get(List.of(tree, id));
    if (other == null) {
      throw new NotCovered("tree " + tree + " without node " + id);
    }
    return other;
  }
}
