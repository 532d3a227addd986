async ({ runOnly, rules }) => {
    const found = await axe.run(document, {
        runOnly, ...(rules && { rules }), resultTypes: ['violations'], selectors: false, iframes: false,
    });
    return found.violations.map(({ id, nodes: [first, ...more] }) =>
        `${id} (${more.length + 1}): ${first.html.slice(0, 160)} ${[...first.any, ...first.all][0]?.message ?? ''}`);
}
