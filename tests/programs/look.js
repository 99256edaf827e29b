// What is wrong with the look of the page as it stands, a line each; `isPage`: a page that is touched, not a letter.
(isPage) => {
  const AIR = 8; // px between what belongs to different cells, buttons or boxes
  const SPACE = 3; // px: the narrowest space between words
  const LEADING = 2; // px between the lines of two blocks
  const INSET = 4; // px between words and the edge of their box
  const NEAR = 4; // px between a control and what is said of it
  const TOUCH = 44; // px
  const CONTRAST = 4.5;
  const MOST = 3; // faults of one sort that are named
  const CONTROLS = "a.button, a.ring, button, summary, select, textarea, input:not([type=hidden])";

  const width = document.scrollingElement.clientWidth;
  const faults = [];
  const sorts = new Map();
  const say = (sort, ...about) => {
    sorts.set(sort, (sorts.get(sort) || 0) + 1);
    if (sorts.get(sort) <= MOST) faults.push(`${sort}: ${about.map((each) => `“${each}”`).join(" and ")}`);
  };
  const named = (element) => (element.name || element.innerText || element.alt || element.tagName).trim().slice(0, 40);
  const isSeen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const once = (asked) => {
    const known = new Map();
    return (element) => {
      if (!known.has(element)) known.set(element, asked(element));
      return known.get(element);
    };
  };
  const style = once((element) => getComputedStyle(element));
  const display = once((element) => style(element).display);
  const edgeOf = once((element) => element.getBoundingClientRect());
  const blockOf = once((element) => (display(element) === "inline" ? blockOf(element.parentElement) : element));
  // Of two rectangles, or lines with their edges: how far apart they are, less than nothing where they overlap.
  const across = (one, other) => Math.max(one.left, other.left) - Math.min(one.right, other.right);
  const down = (one, other) => Math.max(one.top, other.top) - Math.min(one.bottom, other.bottom);

  // Each line of each piece of text, and where the eye sees it.
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || ["SCRIPT", "STYLE", "OPTION", "TEXTAREA"].includes(parent.tagName) || !isSeen(parent)) continue;
    const range = document.createRange();
    range.setStart(node, node.data.search(/\S/));
    range.setEnd(node, node.data.trimEnd().length);
    const block = blockOf(parent);
    for (const { left, right, top, bottom } of range.getClientRects()) {
      if (right - left > 1) lines.push({ left, right, top, bottom, node, parent, block, words: node.data.trim().slice(0, 40) });
    }
  }
  lines.sort((one, other) => one.top - other.top);

  // What has an edge of its own: a control, or what stands out from the ground.
  const hasEdges = once((element) => {
    const { backgroundColor, borderLeftWidth, borderRightWidth } = style(element);
    const isFilled = backgroundColor !== "rgba(0, 0, 0, 0)" && backgroundColor !== style(element.parentElement).backgroundColor;
    return element.matches(CONTROLS) || isFilled || (parseFloat(borderLeftWidth) > 0 && parseFloat(borderRightWidth) > 0);
  });
  const all = [...document.body.querySelectorAll("*")].filter(isSeen);
  const controls = all.filter((element) => element.matches(CONTROLS));
  const boxes = all.filter((element) => hasEdges(element) && display(element) !== "inline");

  const sideways = () => {
    const { scrollWidth } = document.scrollingElement;
    if (scrollWidth > width) say("it scrolls sideways", `${scrollWidth} px`);
    for (const line of lines) if (line.left < -0.5 || line.right > width + 0.5) say("words leave the screen", line.words);
    for (const element of all) {
      const { left, right, height } = element.getBoundingClientRect();
      if (height && (left < -0.5 || right > width + 0.5)) say("something leaves the screen", named(element));
    }
  };

  const wordsApart = () => {
    for (let at = 0; at < lines.length; at += 1) {
      for (let next = at + 1; next < lines.length; next += 1) {
        const [one, other] = [lines[at], lines[next]];
        if (other.top > one.bottom + LEADING) break;
        if (one.node !== other.node) pairApart(one, other);
      }
    }
  };
  const pairApart = (one, other) => {
    const [x, y] = [across(one, other), down(one, other)];
    const alike = one.block === other.block;
    if (x < -1 && y < -LEADING) say("words lie on each other", one.words, other.words);
    else if (!alike && x < -1 && y < LEADING) say("lines are stuck together", one.words, other.words);
    else if (y < -LEADING) {
      const [left, right] = one.left <= other.left ? [one, other] : [other, one];
      const glued = /[\p{L}\p{N}]$/u.test(left.node.data) && /^[\p{L}\p{N}]/u.test(right.node.data);
      const inLine = [left, right].some(({ block }) => display(block).startsWith("inline"));
      if (alike ? x < 1 && glued : x < (inLine ? SPACE : AIR)) say("words are stuck together", left.words, right.words);
    }
  };

  const wordsInTheirBoxes = () => {
    for (const line of lines) {
      for (let box = line.block; box !== document.body; box = box.parentElement) {
        const edge = edgeOf(box);
        const inset = hasEdges(box) || isScreen(edge) ? INSET : 0;
        const sides = Math.min(line.left - edge.left, edge.right - line.right);
        const ends = Math.min(line.top - edge.top, edge.bottom - line.bottom);
        if (display(box) !== "inline" && (sides < inset - 1 || ends < -INSET)) {
          say("words leave their box", line.words);
          break;
        }
      }
    }
  };
  const isScreen = (edge) => edge.left <= 0 && edge.right >= width;

  const boxesApart = () => {
    const holds = (one, other) => one.contains(other) || other.contains(one);
    for (let at = 0; at < boxes.length; at += 1) {
      for (let next = at + 1; next < boxes.length; next += 1) {
        const [one, other] = [boxes[at], boxes[next]];
        if (holds(one, other)) continue;
        const gap = Math.max(across(edgeOf(one), edgeOf(other)), down(edgeOf(one), edgeOf(other)));
        if (gap < AIR && !isRow(one, other)) say("boxes are stuck together", named(one), named(other));
      }
    }
    for (const control of controls) {
      for (const line of lines) {
        if (control.contains(line.node)) continue;
        const gap = Math.max(across(edgeOf(control), line), down(edgeOf(control), line));
        if (gap < (isSaidOf(control, line) ? NEAR : AIR) && !isRow(control, line.parent)) say("a control is stuck to words", named(control), line.words);
      }
    }
  };
  const isSaidOf = (control, { parent }) =>
    parent.closest("label")?.control === control || parent.closest(".field")?.contains(control);
  // The headings of what can be folded are a list with lines between.
  const isRow = (one, other) => [one, other].some((each) => each.closest("summary"));

  const nothingClipped = () => {
    for (const element of all) {
      if (element.matches("input, select, textarea") || style(element).overflow === "visible") continue;
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      if (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1) say("words are cut", named(element));
    }
  };

  // Colours as CSS computes them; what is seen through is laid on what is below.
  const parts = (colour) => [...colour.matchAll(/[\d.]+/g)].map(Number);
  const isDark = style(document.documentElement).colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches;
  const canvas = isDark ? [18, 18, 18] : [255, 255, 255];
  const ground = once((element) => (element ? laid(ground(element.parentElement), parts(style(element).backgroundColor)) : canvas));
  const laid = (below, [r, g, b, alpha = 1]) => [r, g, b].map((part, at) => part * alpha + below[at] * (1 - alpha));
  const light = (colour) => {
    const [r, g, b] = colour.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const readable = () => {
    for (const line of lines) {
      const paper = ground(line.parent);
      const ink = laid(paper, parts(style(line.parent).color));
      const [brighter, darker] = [light(paper), light(ink)].sort((one, other) => other - one);
      const contrast = (brighter + 0.05) / (darker + 0.05);
      if (contrast < CONTRAST) say("words are too pale", line.words, contrast.toFixed(1));
    }
  };

  const touched = () => {
    for (const control of controls) {
      const target = control.labels?.[0]?.contains(control) ? control.labels[0] : control;
      const { height } = target.getBoundingClientRect();
      if (height < TOUCH) say(`a control is lower than ${TOUCH} px`, `${named(control)}, ${Math.round(height)} px`);
    }
  };

  sideways();
  wordsApart();
  wordsInTheirBoxes();
  boxesApart();
  nothingClipped();
  readable();
  if (isPage) touched();
  return faults;
}
